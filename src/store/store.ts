import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../model/entity.js';
import type { Flow } from '../model/flow.js';
import type { Head, Revision } from '../model/revision.js';
import type { Expanded, GraphRows } from '../model/rows.js';
import type { Millis } from '../model/time.js';
import type { Draft, DraftOptions } from './draft.js';
import type { Journal } from './journal.js';
import type { EntityPage, EntityQuery, RelationshipPage, RelationshipsOf } from './queries.js';

/**
 * What remembers the graph. Every promise here is tested by `test/contract` on every engine.
 *
 * - **Revisions.** State is a sequence of revisions 1, 2, 3 … without gap or double. Reads name the revision
 *   they want; one that is later than the head sees the head. Nothing is deleted: an old revision answers for
 *   ever what it answered when it was the head.
 * - **Atomicity.** A commit is seen whole or not at all, by every process that has the store open, and once
 *   acknowledged it survives the loss of the process and of power.
 * - **One writer.** At most one draft is open on a store at a time, over all processes; a second one waits.
 * - **Not found.** A read by id, number or key gives `undefined` in the place of what it does not know; lists
 *   are empty. Nothing throws for absence.
 * - **Order.** Ids compare by their UTF-8 bytes.
 * - **Errors.** `TendrilError` with UNAVAILABLE when the store cannot be reached, read or written; CONFLICT
 *   from {@link write}. After a failed write nothing has changed.
 */
export interface Store {
  /** What is remembered beside the graph: audit events and documents. */
  readonly journal: Journal;

  /** The form in which it is written down. */
  readonly schema: StoreSchema;

  /** The latest revision that was acknowledged, by any process. */
  head(): Promise<Head>;

  /** The last revision recorded at or before `at`; revision 0 where there is none. */
  revisionAt(at: Millis): Promise<Head>;

  /** Entities by id, in the order asked; one round trip for all. */
  entities(ids: readonly string[], at: Revision): Promise<(EntityRecord | undefined)[]>;

  /** Entities by number, in the order asked; one round trip for all. */
  entitiesByNumber(numbers: readonly number[], at: Revision): Promise<(EntityRecord | undefined)[]>;

  /** Humans whose email is one of `emails` (case-insensitive), whatever their status, in order of id. */
  humansByEmail(emails: readonly string[], at: Revision): Promise<EntityRecord[]>;

  /**
   * A page of the entities that match, with the count of all that match.
   *
   * @throws BAD_INPUT for a limit that no page has, or for two places at once; `relationshipsOf` likewise.
   */
  list(query: EntityQuery, at: Revision): Promise<EntityPage>;

  /**
   * A page of the relationships of each entity asked about, in the order asked; one round trip for all.
   * Order within a page: type in table order, then direction (out first), then the other end's id, then
   * permission.
   */
  relationshipsOf(queries: readonly RelationshipsOf[], at: Revision): Promise<RelationshipPage[]>;

  /** Relationships by key, in the order asked, ended ones too; one round trip for all. */
  relationships(keys: readonly RelationshipKey[], at: Revision): Promise<(RelationshipRecord | undefined)[]>;

  /** Every source, in order of id. */
  sources(at: Revision): Promise<SourceRecord[]>;

  /**
   * What differs between two states, in batches: every entity and relationship whose row at `until` is not
   * the one it had at `since`. From 0 it is the whole state at `until`: every entity, dead or alive, and the
   * relationships that were open then. Entities come before the relationships that name them. From 0 each
   * comes in order: entities of number, relationships of the number they come from; so no sort is needed.
   * `until` after the head is the head; nothing comes where `since` is not before `until`. Documents and audit
   * events are no part of it: a revision of nothing else has no rows.
   */
  scan(since: Revision, until: Revision): AsyncIterable<GraphRows>;

  /**
   * What lies around some entities, coded as {@link scan} codes it: their own rows, the open relationships of
   * the types that `flow` names, the rows of the other ends, and, where `flow` says so, of all tokens that share
   * a family with one of them. Each row once; a number that nobody has is left out. In no order. Where `flow` says
   * where it goes on, an engine may say as much of those whom that leads to as well, but for families: `looked`
   * names all of whom all is said, at most `MAX_FRONTIER`.
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

  /** What `doctor` says of this store: what is wrong, and what to do. Never throws for what it finds. */
  diagnose(): Promise<Diagnosis>;

  /** Lets go of everything; an open draft is aborted. Twice is the same as once. */
  close(): Promise<void>;
}

/** Which form a store has. Forms are numbered from 1; a newer program brings an older store to its own. */
export interface StoreSchema {
  /** The newest that this program knows, to which it brought the store when it opened it. */
  readonly known: number;

  /** The one that the store has now: a newer program may have brought it to a newer one since. */
  version(): Promise<number>;
}

/** What an engine finds out about itself. */
export interface Diagnosis {
  /** Engine and place, without credentials. */
  readonly store: string;
  readonly schemaVersion: number;
  readonly head: Head;
  readonly entities: number;
  readonly relationships: number;
  /** Each a sentence that says what is wrong and what to do; empty: all is well. */
  readonly problems: readonly string[];
}
