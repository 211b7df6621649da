import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../../model/entity.js';
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
import { Neo4jDraft } from './draft.js';
import { listEntities } from './entity-list.js';
import { entitiesByEmail, entitiesById, entitiesByNumber } from './entity-reads.js';
import { expand } from './expand.js';
import { closed } from './failures.js';
import { finishCommits } from './finish-commits.js';
import { inTime } from './in-time.js';
import { Neo4jJournal } from './journal.js';
import { readMigrations } from './migrations.js';
import { readPointAt } from './read-point.js';
import { relationshipPages } from './relationship-pages.js';
import { relationshipsByKey } from './relationship-reads.js';
import { headAt, readHead } from './revisions.js';
import { scan } from './scan.js';
import { schemaVersion } from './schema.js';
import { readSources } from './sources.js';
import { undoDraft } from './undo-draft.js';
import { type DraftStart, WriteLease } from './write-lease.js';

/**
 * How long, in milliseconds, undoing an open draft may take when the store is closed. The next writer undoes the rest,
 * also where the server does not answer.
 */
const CLOSING = 8000;

/** A store in a Neo4j database; the layout is described in `index.ts`. */
export class Neo4jStore implements Store {
  readonly journal: Neo4jJournal;
  readonly schema: StoreSchema;
  private readonly writers = new WriterQueue();
  private draft: Neo4jDraft | undefined;
  /** The token of the last writer of this process, which has ended before the queue lets another one proceed. */
  private lastWriter: string | null = null;

  constructor(private readonly connection: Connection) {
    this.journal = new Neo4jJournal(connection);
    this.schema = { known: readMigrations().length, version: () => schemaVersion(connection) };
  }

  head(): Promise<Head> {
    return readHead(this.connection);
  }

  revisionAt(at: Millis): Promise<Head> {
    return headAt(this.connection, at);
  }

  entities(ids: readonly string[], at: Revision): Promise<(EntityRecord | undefined)[]> {
    return entitiesById(this.connection, ids, readPointAt(at));
  }

  entitiesByNumber(numbers: readonly number[], at: Revision): Promise<(EntityRecord | undefined)[]> {
    return entitiesByNumber(this.connection, numbers, readPointAt(at));
  }

  humansByEmail(emails: readonly string[], at: Revision): Promise<EntityRecord[]> {
    return entitiesByEmail(this.connection, emails, readPointAt(at));
  }

  list(query: EntityQuery, at: Revision): Promise<EntityPage> {
    return listEntities(this.connection, query, readPointAt(at));
  }

  relationshipsOf(queries: readonly RelationshipsOf[], at: Revision): Promise<RelationshipPage[]> {
    return relationshipPages(this.connection, queries, readPointAt(at));
  }

  relationships(keys: readonly RelationshipKey[], at: Revision): Promise<(RelationshipRecord | undefined)[]> {
    return relationshipsByKey(this.connection, keys, readPointAt(at));
  }

  sources(at: Revision): Promise<SourceRecord[]> {
    return readSources(this.connection.run, readPointAt(at));
  }

  async *scan(since: Revision, until: Revision): AsyncGenerator<GraphRows> {
    const { revision } = await this.head();
    yield* scan(this.connection, since, Math.min(until, revision));
  }

  expand(frontier: readonly number[], flow: Flow, at: Revision): Promise<Expanded> {
    return expand(this.connection, frontier, flow, readPointAt(at));
  }

  async write(options: DraftOptions): Promise<Draft> {
    if (!this.connection.isOpen) throw closed(this.connection.place);
    const deadline = performance.now() + (options.waitMillis ?? WRITE_WAIT);
    if (!(await this.writers.acquire(deadline))) throw writerConflict(this.connection.place);
    const taken = await this.takeLease(deadline);
    try {
      if (taken === undefined) throw writerConflict(this.connection.place);
      this.lastWriter = taken[0].token;
      this.draft = await this.begin(...taken, options);
      return this.draft;
    } catch (error) {
      this.writers.release();
      throw error;
    }
  }

  private async takeLease(deadline: number): ReturnType<typeof WriteLease.take> {
    try {
      return await WriteLease.take(this.connection, deadline, this.lastWriter);
    } catch (error) {
      // It takes time to find that a server cannot be reached: the waiting drafts need not all find it one by one.
      this.writers.rejectAll(error);
      throw error;
    }
  }

  diagnose(): Promise<Diagnosis> {
    return diagnose(this.connection);
  }

  async close(): Promise<void> {
    if (!this.connection.isOpen) return;
    const abort = async () => this.draft?.abort();
    await inTime(CLOSING, abort, () => closed(this.connection.place)).catch(() => {});
    await this.connection.close();
  }

  /** Finishes or undoes what an earlier writer left, and opens the draft. */
  private async begin(lease: WriteLease, start: DraftStart, options: DraftOptions): Promise<Neo4jDraft> {
    const { expectedRevision, now } = options;
    const { base } = start;
    try {
      if (start.hasLeftovers) {
        await finishCommits(this.connection, lease, base.revision);
        await undoDraft(this.connection, lease, base.revision, start.lastNumber);
      }
      checkHead(base, expectedRevision);
      return new Neo4jDraft(this.connection, lease, start, now, () => {
        this.draft = undefined;
        this.writers.release();
      });
    } catch (error) {
      await lease.release().catch(() => {});
      throw error;
    }
  }
}
