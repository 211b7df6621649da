import type { AuditFact } from '../../model/audit.js';
import type { SourceNumber } from '../../model/claims.js';
import { momentOf, type When } from '../../model/clock.js';
import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../../model/entity.js';
import { TendrilError } from '../../model/errors.js';
import type { Head, Revision } from '../../model/revision.js';
import { ChangeNotes } from '../change-notes.js';
import type { Draft, EntityWrite, RelationshipWrite, Withdrawn } from '../draft.js';
import type { DocumentWrite } from '../journal.js';
import { identOf, type Triple } from '../relationship-code.js';
import { checkId } from '../text.js';
import type { Connection, Run } from './connection.js';
import { DocumentBuffer } from './document-writes.js';
import { removeNotes } from './draft-log.js';
import { DraftSources } from './draft-sources.js';
import { entitiesByEmail, entitiesByNumber, entitiesOfSource, numbersById } from './entity-reads.js';
import { prepareEntity } from './entity-writes.js';
import { closed } from './failures.js';
import { finishCommits, finishMoving } from './finish-commits.js';
import { type Publication, publish } from './publish.js';
import { readPointOfDraft } from './read-point.js';
import { relationshipsByKey } from './relationship-reads.js';
import { prepareRelationship } from './relationship-row.js';
import { relationshipsClaimedBy } from './relationships-claimed-by.js';
import { undoDraft } from './undo-draft.js';
import { withdrawRows } from './withdrawals.js';
import { WriteBuffer } from './write-buffer.js';
import type { DraftStart, WriteLease } from './write-lease.js';

/** How many rows a batch of {@link Draft.entitiesOf} has at most. */
const BATCH = 2000;

/** A draft is batches of rows that carry the revision after the head, which no other read asks for. */
export class Neo4jDraft implements Draft {
  readonly base: Head;
  readonly revision: Revision;
  private readonly notes = new ChangeNotes();
  private readonly buffer: WriteBuffer;
  private readonly documents: DocumentBuffer;
  private readonly sources: DraftSources;
  private readonly sourceId = (source: SourceNumber) => this.sources.withNumber(source)?.id;
  private last: number;
  private over: 'no' | 'committed' | 'aborted' = 'no';
  /** Resolves when the last call has ended, with an error or without. */
  private call: Promise<unknown> = Promise.resolve();

  /** @param release called once, when the draft ends. */
  constructor(
    private readonly connection: Connection,
    private readonly lease: WriteLease,
    private readonly start: DraftStart,
    private readonly now: When,
    private readonly release: () => void,
  ) {
    this.base = start.base;
    this.revision = start.base.revision + 1;
    this.last = start.lastNumber;
    this.sources = new DraftSources(start.sources, start.lastSource);
    this.documents = new DocumentBuffer(lease, start.base.revision);
    this.buffer = new WriteBuffer(lease, this.revision, start.lastNumber);
  }

  numbersOf(ids: readonly string[]): Promise<number[]> {
    return this.guarded(async () => {
      const known = await this.known(ids);
      return ids.map((id) => known(id) ?? 0);
    });
  }

  assignNumbers(ids: readonly string[]): Promise<number[]> {
    return this.guarded(async () => {
      for (const id of ids) checkId(id);
      const known = await this.known(ids);
      return ids.map((id) => known(id) ?? this.next(id));
    });
  }

  entities(numbers: readonly number[]): Promise<(EntityRecord | undefined)[]> {
    return this.guarded(async () => {
      await this.buffer.bringEntities(numbers);
      const asked = numbers.filter((number) => this.buffer.mayHave(number));
      const found = await entitiesByNumber(this.connection, asked, this.point);
      const byNumber = new Map(asked.map((number, at) => [number, found[at]]));
      return numbers.map((number) => this.confirmed(byNumber.get(number)));
    });
  }

  relationships(keys: readonly RelationshipKey[]): Promise<(RelationshipRecord | undefined)[]> {
    return this.guarded(async () => {
      const named = keys.map((key) => [key.from, identOf(key), key.to] as const);
      await this.buffer.bringRelationships(named);
      const asked = keys.filter((_, at) => this.buffer.mayStand(...named[at]!));
      const found = (await relationshipsByKey(this.connection, asked, this.point)).values();
      return keys.map((_, at) => (this.buffer.mayStand(...named[at]!) ? found.next().value : undefined));
    });
  }

  humansByEmail(emails: readonly string[]): Promise<EntityRecord[]> {
    return this.guarded(async () => {
      await this.buffer.flush();
      const found = await entitiesByEmail(this.connection, emails, this.point);
      return found.map((entity) => this.confirmed(entity));
    });
  }

  async *entitiesOf(source: SourceNumber): AsyncGenerator<readonly EntityRecord[]> {
    let after = 0;
    for (;;) {
      const page = { after, limit: BATCH };
      const records = await this.guarded(async () => {
        await this.buffer.flush();
        return entitiesOfSource(this.connection, source, page, this.point);
      });
      if (records.length === 0) return;
      after = (records.at(-1) as EntityRecord).number;
      yield records.map((entity) => this.confirmed(entity));
    }
  }

  async *relationshipsClaimedBy(
    source: SourceNumber,
    ended = false,
  ): AsyncGenerator<readonly RelationshipRecord[]> {
    let after = 0;
    while (after < this.last) {
      const from = after;
      const { records, upTo } = await this.guarded(async () => {
        await this.buffer.flush();
        return relationshipsClaimedBy(this.connection, source, { after: from, ended }, this.point);
      });
      after = upTo;
      if (records.length > 0) yield records;
    }
  }

  source(id: string): Promise<SourceRecord | undefined> {
    return this.guarded(async () => this.sources.find(id));
  }

  putSource(source: Omit<SourceRecord, 'number'>): Promise<SourceNumber> {
    return this.guarded(async () => {
      const number = this.sources.write(source);
      this.notes.wrote();
      return number;
    });
  }

  putEntities(entities: readonly EntityWrite[]): Promise<void> {
    return this.guarded(async () => {
      for (const entity of entities) {
        const prepared = prepareEntity(entity, this.revision, this.sourceId);
        this.notes.entity(entity.number);
        this.buffer.entities.set(entity.number, prepared);
        if (this.buffer.isFull) await this.buffer.handOver();
      }
    });
  }

  putRelationships(relationships: readonly RelationshipWrite[]): Promise<void> {
    return this.guarded(async () => {
      for (const relationship of relationships) {
        const prepared = prepareRelationship(relationship, this.sourceId);
        this.notes.relationship(relationship, prepared.ident);
        this.buffer.relationships.set(prepared.key, prepared);
        if (this.buffer.isFull) await this.buffer.handOver();
      }
    });
  }

  withdraw({ entities = [], relationships = [], sources = [] }: Withdrawn): Promise<void> {
    return this.guarded(async () => {
      if (entities.length + relationships.length + sources.length === 0) return;
      this.notes.withdrawn();
      for (const source of sources) this.sources.withdraw(source);
      if (entities.length + relationships.length === 0) return;
      await this.buffer.flush();
      this.buffer.used = true;
      const triples = relationships.map((key): Triple => [key.from, identOf(key), key.to]);
      await withdrawRows(this.lease, entities, triples, this.revision);
    });
  }

  putDocuments(documents: readonly DocumentWrite[]): Promise<void> {
    return this.guarded(async () => {
      await this.buffer.arrived();
      for (const document of documents) {
        this.notes.wrote();
        await this.documents.put(document);
      }
    });
  }

  commit(facts: readonly AuditFact[]): Promise<Head> {
    return this.guarded(async () => {
      if (!this.notes.written && facts.length === 0) {
        await this.end('committed', () => this.lease.release());
        return this.base;
      }
      if (this.used) {
        await this.buffer.flush();
        await this.documents.flush();
        // The draft was aborted meanwhile: the store is being closed.
        if (this.over !== 'no') throw closed(this.connection.place);
      }
      // The clock is read last, because until then reads at earlier times are answered without the commit.
      const head = { revision: this.revision, at: Math.max(momentOf(this.now), this.base.at) };
      await (this.used ? this.publishBatches(head, facts) : this.publishAtOnce(head, facts));
      return head;
    });
  }

  async abort(): Promise<void> {
    const stands = this.over === 'no';
    if (stands) this.over = 'aborted';
    // The store may be closed during a commit, which cannot be undone before it has ended.
    await this.call;
    if (!stands || this.isCommitted) return;
    await this.end('aborted', async () => {
      // A batch under way would otherwise arrive after the draft was undone.
      await this.buffer.arrived().catch(() => {});
      // A commit whose answer was lost may have moved the head: then nothing is undone.
      if (this.used && !(await this.lease.published(this.revision))) {
        await undoDraft(this.connection, this.lease, this.base.revision, this.start.lastNumber);
      }
      await this.lease.release();
    });
  }

  /** Commits a draft of few rows, which this process still has: they need not be read again to finish the commit. */
  private async publishAtOnce(head: Head, facts: readonly AuditFact[]): Promise<void> {
    const moving = this.buffer.replaced();
    const finish = async (run: Run) => {
      await removeNotes(run, head.revision);
      await this.lease.releaseWithin(run);
    };
    await publish(this.connection, this.lease, {
      ...this.publication(head, facts),
      within: async (run) => {
        await this.buffer.showRest(run);
        if (moving.length === 0) await finish(run);
      },
    });
    await this.end('committed', async () => {
      if (moving.length > 0) await finishMoving(this.lease, moving, head.revision, finish);
      this.lease.forget();
    });
  }

  private async publishBatches(head: Head, facts: readonly AuditFact[]): Promise<void> {
    await publish(this.connection, this.lease, this.publication(head, facts));
    await this.end('committed', async () => {
      await finishCommits(this.connection, this.lease, head.revision);
      await this.lease.release();
    });
  }

  private publication(head: Head, facts: readonly AuditFact[]): Publication {
    return {
      base: this.base,
      head,
      changes: this.notes.changes,
      sustains: this.notes.sustains,
      sources: this.sources.changed,
      withdrawn: [...this.sources.withdrawn],
      facts,
      lastNumber: this.notes.written ? this.last : this.start.lastNumber,
      lastSource: this.sources.lastNumber,
      rest: async (run) => {
        await this.documents.sendRest(run);
        // Numbers may have been assigned that no row has yet.
        await this.buffer.sendRest(run);
      },
    };
  }

  private get isCommitted(): boolean {
    return this.over === 'committed';
  }

  /** Whether a batch was sent to the store before the commit. */
  private get used(): boolean {
    return this.buffer.used || this.documents.used;
  }

  private get point() {
    return readPointOfDraft(this.revision);
  }

  /** Numbers by id: those that this draft has assigned, and those of the store. */
  private async known(ids: readonly string[]): Promise<(id: string) => number | undefined> {
    const given = new Map(ids.map((id) => [id, this.buffer.numberOf(id)]));
    const asked = ids.filter((id) => given.get(id) === undefined);
    const found = asked.length === 0 ? new Map() : await numbersById(this.connection, asked);
    return (id) => this.buffer.numberOf(id) ?? given.get(id) ?? found.get(id);
  }

  private next(id: string): number {
    this.last += 1;
    this.buffer.giveNumber(id, this.last);
    return this.last;
  }

  /** An entity with the `lastSeenAt` of its source in this draft, whose sources are written only by the commit. */
  private confirmed<E extends EntityRecord | undefined>(entity: E): E {
    const confirmedAt =
      entity?.claim.present && !entity.claim.unconfirmed
        ? (this.sources.withNumber(entity.source)?.fullSyncedAt ?? null)
        : null;
    if (entity === undefined || confirmedAt === null || confirmedAt <= entity.lastSeenAt) return entity;
    return { ...entity, lastSeenAt: confirmedAt };
  }

  private check(): void {
    if (this.over === 'no') return;
    if (!this.connection.isOpen) throw closed(this.connection.place);
    throw new TendrilError('INTERNAL', `This draft is ${this.over}; begin another one.`);
  }

  /** Runs a call of a draft that is still open. A store that cannot be written ends the draft. */
  private async guarded<T>(work: () => Promise<T>): Promise<T> {
    this.check();
    const call = work();
    this.call = call.catch(() => {});
    try {
      return await call;
    } catch (error) {
      // The abort is not awaited, because the store cannot be reached. The next draft waits until it has ended.
      if (error instanceof TendrilError && error.code === 'UNAVAILABLE') void this.abort();
      throw error;
    }
  }

  /**
   * Ends the draft. Where that fails, the next writer does the rest: it finds the notes of the batches once the lease is
   * released or has run out.
   */
  private async end(how: 'committed' | 'aborted', work: () => Promise<void>): Promise<void> {
    this.over = how;
    try {
      await work();
    } catch {
      this.lease.forget();
    } finally {
      this.release();
    }
  }
}
