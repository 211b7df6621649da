import type { AuditFact } from '../model/audit.js';
import type { EntityClaim, EntityOverlay, RelationshipClaim, SourceNumber } from '../model/claims.js';
import type { When } from '../model/clock.js';
import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../model/entity.js';
import type { Head, Revision } from '../model/revision.js';
import type { DocumentWrite } from './journal.js';

/** How long a draft waits for another writer where its caller gives no time, in milliseconds. */
export const WRITE_WAIT = 60_000;

export interface DraftOptions {
  /** The head that the caller has read: where the head is another one, there is a CONFLICT. */
  readonly expectedRevision?: Revision;
  /** How long to wait for another writer, in milliseconds; 0: not at all. Left out: {@link WRITE_WAIT}. */
  readonly waitMillis?: number;
  /**
   * The time of the commit, or the clock that {@link Draft.commit} reads as the head moves. Every earlier time has
   * been answered without this draft, and has to be answered so again. The store uses the time of the head
   * where that is later.
   */
  readonly now: When;
}

/** The state of an entity from this revision on; `number` comes from {@link Draft.assignNumbers}. */
export type EntityWrite = Omit<EntityRecord, 'lastSeenAt'> & {
  readonly claim: EntityClaim;
  readonly overlay: EntityOverlay | null;
};

/** Rows that a draft takes out of the state. */
export interface Withdrawn {
  /** Numbers of entities. */
  readonly entities?: readonly number[];
  readonly relationships?: readonly RelationshipKey[];
  /** Numbers of sources. */
  readonly sources?: readonly SourceNumber[];
}

/** The claims on a relationship from this revision on; the store derives its state from them. */
export interface RelationshipWrite extends RelationshipKey {
  readonly claims: readonly RelationshipClaim[];
}

/**
 * The next revision while it is being written. Other readers see nothing of it before {@link commit}; the reads of a
 * draft see the head and what the draft has written. The caller waits for each call before the next. A draft that
 * has ended, or has failed with UNAVAILABLE, refuses every call but `abort`.
 */
export interface Draft {
  /** The revision of the commit, and the head before it. */
  readonly revision: Revision;
  readonly base: Head;

  /** Numbers of entities by id, in the order of `ids`; 0 for an unknown id. */
  numbersOf(ids: readonly string[]): Promise<number[]>;

  /** Numbers of entities by id, in the order of `ids`; unknown ids get the next free numbers, in that order. */
  assignNumbers(ids: readonly string[]): Promise<number[]>;

  /** Entities by number, in the order of `numbers`. */
  entities(numbers: readonly number[]): Promise<(EntityRecord | undefined)[]>;

  /** Relationships by key, in the order of `keys`, ended ones included. */
  relationships(keys: readonly RelationshipKey[]): Promise<(RelationshipRecord | undefined)[]>;

  /** Humans by email, as `Store.humansByEmail`. */
  humansByEmail(emails: readonly string[]): Promise<EntityRecord[]>;

  /** Every entity that belongs to a source, in batches, in order of number. */
  entitiesOf(source: SourceNumber): AsyncIterable<readonly EntityRecord[]>;

  /**
   * Every relationship that a source claims to be open, in batches, in no order.
   *
   * @param ended also those that it claims to have ended
   */
  relationshipsClaimedBy(source: SourceNumber, ended?: boolean): AsyncIterable<readonly RelationshipRecord[]>;

  /** The source with an id; undefined before its first import. */
  source(id: string): Promise<SourceRecord | undefined>;

  /** Adds or changes a source; gives its number (from 1). */
  putSource(source: Omit<SourceRecord, 'number'>): Promise<SourceNumber>;

  /**
   * Writes the state of entities. Where a draft writes an entity twice, the last one counts.
   *
   * @throws BAD_INPUT for text that an engine would not give back as it was (U+0000, lone surrogates) in an id,
   *   a name, an external id or a property that is searched for. The caller then has to abort the draft.
   */
  putEntities(entities: readonly EntityWrite[]): Promise<void>;

  /**
   * Writes the claims on relationships. Where a draft writes a relationship twice, the last one counts.
   *
   * @throws BAD_INPUT for a relationship without a claim. The caller then has to abort the draft.
   */
  putRelationships(relationships: readonly RelationshipWrite[]): Promise<void>;

  /**
   * Takes rows out of the state from this revision on, as if nobody had ever reported them: no read at this revision or
   * later finds them, while reads at earlier ones find them as before. Ids keep their numbers, and a row may be written
   * again later. Relationships of an entity that is withdrawn have to be withdrawn with it, and entities of a source
   * likewise. Unknown ones count for nothing.
   */
  withdraw(rows: Withdrawn): Promise<void>;

  /**
   * Writes documents. Readers see them after the commit and not before, also through the store that this draft
   * came from. Where a draft writes a key twice, the last one counts.
   *
   * @throws BAD_INPUT for a collection or a key that is no id (`idProblem`). The caller then has to abort the draft.
   */
  putDocuments(documents: readonly DocumentWrite[]): Promise<void>;

  /**
   * Makes the draft the head, with its audit events (chained in the order of `facts`), and returns when it is
   * durable. Where nothing was written and there are no facts, nothing is committed and the base is returned;
   * numbers that were assigned are then free again.
   */
  commit(facts: readonly AuditFact[]): Promise<Head>;

  /** Discards the draft. After a commit or an abort it does nothing. */
  abort(): Promise<void>;
}
