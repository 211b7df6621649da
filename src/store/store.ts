import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../model/entity.js';
import type { Flow } from '../model/flow.js';
import type { Head, Revision } from '../model/revision.js';
import type { Expanded, GraphRows } from '../model/rows.js';
import type { Millis } from '../model/time.js';
import type { Draft, DraftOptions } from './draft.js';
import type { Journal } from './journal.js';
import type { EntityPage, EntityQuery, RelationshipPage, RelationshipsOf } from './queries.js';

/**
 * The store of the graph. `test/contract` tests every promise here on every engine.
 *
 * - **Revisions.** The state is a sequence of revisions 1, 2, 3 …, without gaps or duplicates. A read names a
 *   revision; a read at a revision after the head sees the head. Nothing is deleted: a read at an old revision
 *   always gives the answer that it gave when that revision was the head.
 * - **Atomicity.** Every process that has the store open sees all of a commit or none of it. An acknowledged
 *   commit survives the end of the process and the loss of power.
 * - **One writer.** At most one draft is open on a store at a time, over all processes; a second one waits.
 * - **Concurrency.** Reads go on while a draft is open; they see nothing of it before its commit.
 * - **Not found.** A read by id, number or key gives `undefined` in the place of an unknown one; a list is
 *   empty. Absence is never an error.
 * - **Order.** Ids compare by their UTF-8 bytes.
 * - **Errors.** `TendrilError` with UNAVAILABLE when the store cannot be reached, read or written; CONFLICT
 *   from {@link write}. After a failed write nothing has changed.
 */
export interface Store {
  /** The records beside the graph: audit events and documents. */
  readonly journal: Journal;

  /** The layout of the stored data. */
  readonly schema: StoreSchema;

  /** The latest acknowledged revision, of any process. */
  head(): Promise<Head>;

  /** The last revision recorded at or before `at`; revision 0 where there is none. */
  revisionAt(at: Millis): Promise<Head>;

  /** Entities by id, in the order of `ids`; one round trip for all. */
  entities(ids: readonly string[], at: Revision): Promise<(EntityRecord | undefined)[]>;

  /** Entities by number, in the order of `numbers`; one round trip for all. */
  entitiesByNumber(numbers: readonly number[], at: Revision): Promise<(EntityRecord | undefined)[]>;

  /** Humans whose email is one of `emails` (compared by `emailKey`), whatever their status, in order of id. */
  humansByEmail(emails: readonly string[], at: Revision): Promise<EntityRecord[]>;

  /**
   * A page of the entities that match, with the count of all that match.
   *
   * @throws BAD_INPUT for a limit that no page has, or for two places at once; `relationshipsOf` likewise.
   */
  list(query: EntityQuery, at: Revision): Promise<EntityPage>;

  /**
   * A page of the relationships of one entity for each query, in the order of the queries; one round trip for
   * all. Order within a page: type in table order, then direction (out first), then the id of the other end,
   * then permission.
   */
  relationshipsOf(queries: readonly RelationshipsOf[], at: Revision): Promise<RelationshipPage[]>;

  /** Relationships by key, in the order of `keys`, ended ones included; one round trip for all. */
  relationships(keys: readonly RelationshipKey[], at: Revision): Promise<(RelationshipRecord | undefined)[]>;

  /** Every source, in order of id. */
  sources(at: Revision): Promise<SourceRecord[]>;

  /**
   * The difference between two states, in batches: every entity and relationship whose row at `until` is not
   * its row at `since`. A scan since 0 gives the whole state at `until`: every entity, live or not, and the
   * relationships that were open. Entities come before the relationships that name them. A scan since 0 is
   * sorted: entities by number, relationships by the number of the entity that they leave. `until` after the
   * head means the head; there are no rows where `since` is not before `until`. Documents and audit events
   * have no rows here. Where a commit in between has withdrawn rows, the first batch says `anew`, and what follows is the
   * whole state at `until`.
   */
  scan(since: Revision, until: Revision): AsyncIterable<GraphRows>;

  /**
   * The neighbourhood of some entities, coded as {@link scan} codes it: their own rows, their open relationships
   * of the types that `flow` names, the rows of the entities at the other ends, and, where `flow` asks for
   * families, the rows of all tokens that share a family with one of them. Each row comes once, in no order; an
   * unknown number has no row. Where `flow.onward` is given, an engine may also expand the entities that are
   * reached, without their families. `looked` lists all entities whose neighbourhood is complete, at most
   * `MAX_FRONTIER`. `anySustains` is about the whole store.
   *
   * @throws BAD_INPUT for more entities than `MAX_FRONTIER`
   */
  expand(frontier: readonly number[], flow: Flow, at: Revision): Promise<Expanded>;

  /**
   * Opens the one draft for the next revision.
   *
   * @throws CONFLICT when `expectedRevision` is given and is not the head, or when another writer has held the
   *   store for longer than `waitMillis`.
   */
  write(options: DraftOptions): Promise<Draft>;

  /** Looks for problems of this store, for `doctor`. A problem is never an error. */
  diagnose(): Promise<Diagnosis>;

  /** Releases every resource and aborts an open draft. A second call does nothing. */
  close(): Promise<void>;
}

/** The schema version of a store, counted from 1. A newer program migrates an older store when it opens it. */
export interface StoreSchema {
  /** The newest version that this program knows, to which it migrated the store when it opened it. */
  readonly known: number;

  /** The version that the store has now: a newer program may have migrated it since. */
  version(): Promise<number>;
}

/** The state of a store, as its engine finds it. */
export interface Diagnosis {
  /** Engine and place, without credentials. */
  readonly store: string;
  readonly schemaVersion: number;
  readonly head: Head;
  readonly entities: number;
  readonly relationships: number;
  /** Sentences that each name a problem and its remedy; empty where there is no problem. */
  readonly problems: readonly string[];
}
