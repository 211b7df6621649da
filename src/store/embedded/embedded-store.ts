import { TimeSlice } from '../../async/time-slice.js';
import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../../model/entity.js';
import { unavailable } from '../../model/errors.js';
import type { Flow } from '../../model/flow.js';
import type { Head, Revision } from '../../model/revision.js';
import type { Expanded, GraphRows } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import { checkHead, writerConflict } from '../conflicts.js';
import { type Draft, type DraftOptions, WRITE_WAIT } from '../draft.js';
import type { EntityPage, EntityQuery, RelationshipPage, RelationshipsOf } from '../queries.js';
import type { Diagnosis, Store, StoreSchema } from '../store.js';
import { WriterQueue } from '../writer-queue.js';
import type { Connection } from './connection.js';
import { diagnose } from './diagnose.js';
import { EmbeddedDraft } from './draft.js';
import { listEntities } from './entity-list.js';
import type { Ordered } from './entity-order.js';
import { entitiesByEmail, entityById, entityByNumber } from './entity-table.js';
import { expand } from './expand.js';
import { closed } from './failures.js';
import { EmbeddedJournal } from './journal.js';
import { schemaVersion } from './migrate.js';
import { MIGRATIONS } from './migrations/index.js';
import type { Stretch } from './relationship-order.js';
import { relationshipPage } from './relationship-pages.js';
import { relationshipByKey } from './relationship-table.js';
import { headAt, readHead } from './revisions.js';
import { scan } from './scan.js';
import { SizeBoundedCache } from './size-bounded-cache.js';
import { readSources } from './sources-table.js';
import { acquireWriteLock } from './write-lock.js';

/**
 * A store in one SQLite file. Reads and the draft share a connection. They are kept apart by the revision: a read
 * asks for none after the head, and the rows of a draft carry the next one.
 */
export class EmbeddedStore implements Store {
  readonly journal: EmbeddedJournal;
  readonly schema: StoreSchema;
  private readonly writers = new WriterQueue();
  private readonly lists = new SizeBoundedCache<Ordered>();
  private readonly stretches = new SizeBoundedCache<Stretch>();
  private draft: EmbeddedDraft | undefined;

  constructor(private readonly connection: Connection) {
    this.journal = new EmbeddedJournal(connection);
    this.schema = { known: MIGRATIONS.length, version: async () => schemaVersion(connection) ?? 0 };
  }

  async head(): Promise<Head> {
    return readHead(this.connection);
  }

  async revisionAt(at: Millis): Promise<Head> {
    return headAt(this.connection, at);
  }

  async entities(ids: readonly string[], at: Revision): Promise<(EntityRecord | undefined)[]> {
    return this.each(ids, at, (id, revision) => entityById(this.connection, id, revision));
  }

  async entitiesByNumber(numbers: readonly number[], at: Revision): Promise<(EntityRecord | undefined)[]> {
    return this.each(numbers, at, (number, revision) => entityByNumber(this.connection, number, revision));
  }

  async humansByEmail(emails: readonly string[], at: Revision): Promise<EntityRecord[]> {
    return entitiesByEmail(this.connection, emails, this.upTo(at));
  }

  async list(query: EntityQuery, at: Revision): Promise<EntityPage> {
    return listEntities(this.connection, this.lists, query, this.upTo(at));
  }

  async relationshipsOf(queries: readonly RelationshipsOf[], at: Revision): Promise<RelationshipPage[]> {
    return this.each(queries, at, (query, revision) =>
      relationshipPage(this.connection, this.stretches, query, revision),
    );
  }

  async relationships(
    keys: readonly RelationshipKey[],
    at: Revision,
  ): Promise<(RelationshipRecord | undefined)[]> {
    return this.each(keys, at, (key, revision) => relationshipByKey(this.connection, key, revision));
  }

  async sources(at: Revision): Promise<SourceRecord[]> {
    return readSources(this.connection, this.upTo(at));
  }

  async *scan(since: Revision, until: Revision): AsyncGenerator<GraphRows> {
    yield* scan(this.connection, since, this.upTo(until));
  }

  async expand(frontier: readonly number[], flow: Flow, at: Revision): Promise<Expanded> {
    return expand(this.connection, frontier, flow, this.upTo(at));
  }

  async write(options: DraftOptions): Promise<Draft> {
    if (!this.connection.isOpen) throw closed(this.connection.place);
    if (this.connection.readOnly) {
      throw unavailable(`The store ${this.connection.place} was opened for reading; open it for writing.`);
    }
    const deadline = performance.now() + (options.waitMillis ?? WRITE_WAIT);
    if (!(await this.writers.acquire(deadline))) throw writerConflict(this.connection.place);
    try {
      if (!(await acquireWriteLock(this.connection, deadline))) throw writerConflict(this.connection.place);
      this.draft = this.begin(options);
      return this.draft;
    } catch (error) {
      this.writers.release();
      throw error;
    }
  }

  async diagnose(): Promise<Diagnosis> {
    return diagnose(this.connection);
  }

  async close(): Promise<void> {
    if (!this.connection.isOpen) return;
    await this.draft?.abort();
    this.connection.close();
  }

  /** Opens the draft. The transaction has begun, so the head does not move until it ends. */
  private begin({ expectedRevision, now }: DraftOptions): EmbeddedDraft {
    const base = readHead(this.connection);
    try {
      checkHead(base, expectedRevision);
    } catch (error) {
      this.connection.rollback();
      throw error;
    }
    return new EmbeddedDraft(this.connection, base, now, () => {
      this.draft = undefined;
      this.writers.release();
    });
  }

  /** A revision after the head means the head, because rows after it may belong to a draft. */
  private upTo(at: Revision): Revision {
    return Math.min(at, readHead(this.connection).revision);
  }

  private async each<T, R>(
    items: readonly T[],
    at: Revision,
    read: (item: T, at: Revision) => R | Promise<R>,
  ): Promise<R[]> {
    const revision = this.upTo(at);
    const slice = new TimeSlice();
    const results: R[] = [];
    for (const item of items) {
      const result = read(item, revision);
      results.push(result instanceof Promise ? await result : result);
      if (slice.isOver) await slice.giveWay();
    }
    return results;
  }
}
