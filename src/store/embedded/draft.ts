import { TimeSlice } from '../../async/time-slice.js';
import type { AuditFact } from '../../model/audit.js';
import type { SourceNumber } from '../../model/claims.js';
import { momentOf, type When } from '../../model/clock.js';
import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../../model/entity.js';
import { TendrilError, unavailable } from '../../model/errors.js';
import type { Head, Revision } from '../../model/revision.js';
import { ChangeNotes } from '../change-notes.js';
import type { Draft, EntityWrite, RelationshipWrite, Withdrawn } from '../draft.js';
import type { DocumentWrite } from '../journal.js';
import { identOf } from '../relationship-code.js';
import { checkId } from '../text.js';
import { appendFacts } from './audit-table.js';
import type { Connection, Value } from './connection.js';
import { writeDocument } from './document-table.js';
import {
  entitiesByEmail,
  entitiesOfSource,
  entityByNumber,
  withdrawEntity,
  writeEntity,
} from './entity-table.js';
import { Incoming } from './incoming-table.js';
import { addNode, lastNumber, numberOf } from './nodes.js';
import { pushRelationship } from './relationship-row.js';
import {
  closeRelationship,
  insertRelationships,
  markSustains,
  ROWS_PER_INSERT,
  relationshipByKey,
  relationshipsClaimedBy,
  START,
  withdrawRelationship,
} from './relationship-table.js';
import { addRevision } from './revisions.js';
import { readSource, withdrawSource, writeSource } from './sources-table.js';

/** How many rows a batch of {@link Draft.entitiesOf} and {@link Draft.relationshipsClaimedBy} has at most. */
const BATCH = 2000;

/** A draft is one transaction of SQLite. Its rows carry the revision after the head, which no other read asks for. */
export class EmbeddedDraft implements Draft {
  readonly revision: Revision;
  private readonly slice = new TimeSlice();
  private readonly notes = new ChangeNotes();
  private readonly incoming: Incoming;
  /** Entities above this number are new in this draft, so that none of their rows has an earlier version. */
  private readonly lastKnown: number;
  private last: number;
  private over: 'no' | 'committed' | 'aborted' = 'no';

  /** @param release called once, when the draft ends. */
  constructor(
    private readonly connection: Connection,
    readonly base: Head,
    private readonly now: When,
    private readonly release: () => void,
  ) {
    this.revision = base.revision + 1;
    this.incoming = new Incoming(connection);
    this.lastKnown = lastNumber(connection);
    this.last = this.lastKnown;
  }

  numbersOf(ids: readonly string[]): Promise<number[]> {
    return this.each(ids, (id) => numberOf(this.connection, id));
  }

  async assignNumbers(ids: readonly string[]): Promise<number[]> {
    for (const id of ids) checkId(id);
    return this.each(ids, (id) => {
      const known = numberOf(this.connection, id);
      if (known !== 0) return known;
      addNode(this.connection, this.last + 1, id);
      this.last += 1;
      return this.last;
    });
  }

  entities(numbers: readonly number[]): Promise<(EntityRecord | undefined)[]> {
    return this.each(numbers, (number) => entityByNumber(this.connection, number, this.revision));
  }

  relationships(keys: readonly RelationshipKey[]): Promise<(RelationshipRecord | undefined)[]> {
    return this.each(keys, (key) => relationshipByKey(this.connection, key, this.revision));
  }

  humansByEmail(emails: readonly string[]): Promise<EntityRecord[]> {
    return this.guarded(async () => entitiesByEmail(this.connection, emails, this.revision));
  }

  async *entitiesOf(source: SourceNumber): AsyncGenerator<readonly EntityRecord[]> {
    let after = 0;
    for (;;) {
      const records = await this.guarded(async () => entitiesOfSource(this.connection, source, after, BATCH));
      if (records.length === 0) return;
      after = (records.at(-1) as EntityRecord).number;
      yield records;
      await this.pause();
    }
  }

  async *relationshipsClaimedBy(
    source: SourceNumber,
    ended = false,
  ): AsyncGenerator<readonly RelationshipRecord[]> {
    let after = START;
    for (;;) {
      const from = after;
      const { records, last } = await this.guarded(async () =>
        relationshipsClaimedBy(this.connection, source, from, { limit: BATCH, ended }),
      );
      if (last === undefined) return;
      after = last;
      if (records.length > 0) yield records;
      await this.pause();
    }
  }

  source(id: string): Promise<SourceRecord | undefined> {
    return this.guarded(async () => readSource(this.connection, id, this.revision));
  }

  putSource(source: Omit<SourceRecord, 'number'>): Promise<SourceNumber> {
    return this.guarded(async () => {
      const number = writeSource(this.connection, source, this.revision);
      this.notes.wrote();
      return number;
    });
  }

  async putEntities(entities: readonly EntityWrite[]): Promise<void> {
    await this.each(entities, (entity) => {
      this.notes.entity(entity.number);
      writeEntity(this.connection, entity, this.revision, entity.number <= this.lastKnown);
    });
  }

  putRelationships(relationships: readonly RelationshipWrite[]): Promise<void> {
    return this.guarded(async () => {
      for (let at = 0; at < relationships.length; at += ROWS_PER_INSERT) {
        if (!this.incoming.hasRoom(ROWS_PER_INSERT))
          await this.incoming.flush(this.slice, () => this.pause());
        this.writeRelationships(relationships.slice(at, at + ROWS_PER_INSERT));
        if (this.slice.isOver) await this.pause();
      }
    });
  }

  async withdraw({ entities = [], relationships = [], sources = [] }: Withdrawn): Promise<void> {
    if (entities.length + relationships.length + sources.length === 0) return;
    await this.each(relationships, (key) =>
      withdrawRelationship(this.connection, [key.from, identOf(key), key.to], this.revision),
    );
    await this.each(entities, (number) => withdrawEntity(this.connection, number, this.revision));
    await this.each(sources, (number) => withdrawSource(this.connection, number, this.revision));
    this.notes.withdrawn();
  }

  async putDocuments(documents: readonly DocumentWrite[]): Promise<void> {
    await this.each(documents, (document) => {
      this.notes.wrote();
      writeDocument(this.connection, document, this.revision);
    });
  }

  commit(facts: readonly AuditFact[]): Promise<Head> {
    return this.guarded(async () => {
      if (!this.notes.written && facts.length === 0) {
        this.end('committed');
        return this.base;
      }
      await this.incoming.flush(this.slice, () => this.pause());
      this.checkAfterPause();
      // From here to the end of the transaction nothing else runs in this process, so that no read at this time is
      // answered without the commit.
      const head = { revision: this.revision, at: Math.max(momentOf(this.now), this.base.at) };
      appendFacts(this.connection, facts, head);
      if (this.notes.sustains) markSustains(this.connection);
      addRevision(this.connection, head, this.notes.changes);
      this.connection.commit();
      this.end('committed');
      return head;
    });
  }

  async abort(): Promise<void> {
    if (this.over === 'no') this.end('aborted');
  }

  private writeRelationships(writes: readonly RelationshipWrite[]): void {
    const values: Value[] = [];
    for (const write of writes) {
      const ident = identOf(write);
      pushRelationship(write, ident, this.revision, values);
      if (write.from <= this.lastKnown && write.to <= this.lastKnown) {
        closeRelationship(this.connection, [write.from, ident, write.to], this.revision);
      }
      this.incoming.add(write.from, ident, write.to);
      this.notes.relationship(write, ident);
    }
    insertRelationships(this.connection, values);
  }

  private each<T, R>(items: readonly T[], work: (item: T) => R): Promise<R[]> {
    return this.guarded(async () => {
      const results: R[] = [];
      for (const item of items) {
        results.push(work(item));
        if (this.slice.isOver) await this.pause();
      }
      return results;
    });
  }

  /** Gives way to the event loop. Meanwhile the store may be closed. */
  private async pause(): Promise<void> {
    await this.slice.giveWay();
    this.checkAfterPause();
  }

  /** A draft that was aborted during one of its calls was aborted by `Store.close`. */
  private checkAfterPause(): void {
    if (this.over !== 'no') throw closedMeanwhile();
  }

  private check(): void {
    if (this.over === 'no') return;
    if (!this.connection.isOpen) throw closedMeanwhile();
    throw new TendrilError('INTERNAL', `This draft is ${this.over}; begin another one.`);
  }

  /** Runs a call of a draft that is still open. An error of SQLite ends the draft: half of a transaction is of no use. */
  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    this.check();
    try {
      return await work();
    } catch (error) {
      if (error instanceof TendrilError && error.code === 'UNAVAILABLE') await this.abort();
      throw error;
    }
  }

  private end(how: 'committed' | 'aborted'): void {
    this.over = how;
    try {
      this.connection.rollback();
    } finally {
      this.release();
    }
  }
}

function closedMeanwhile(): TendrilError {
  return unavailable(
    'The store was closed while a draft was open, and nothing of it was kept; write it again.',
  );
}
