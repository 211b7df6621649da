import type { AuditFact } from '../model/audit.js';
import type { EntityClaim, EntityOverlay, RelationshipClaim, SourceNumber } from '../model/claims.js';
import type { When } from '../model/clock.js';
import type { EntityRecord, RelationshipKey, RelationshipRecord, SourceRecord } from '../model/entity.js';
import type { Head, Revision } from '../model/revision.js';
import type { DocumentWrite } from './journal.js';

/** How long a draft waits for another writer when nobody says, in milliseconds. */
export const WRITE_WAIT = 60_000;

export interface DraftOptions {
  /** Refuse with CONFLICT when the head is another one. */
  readonly expectedRevision?: Revision;
  /** How long to wait for another writer; 0: not at all; {@link WRITE_WAIT} when not said. */
  readonly waitMillis?: number;
  /**
   * The time of the commit, or the clock that {@link Draft.commit} reads when the head moves: what was asked
   * about the moments until then has been answered without this draft, and is to be answered so again. The
   * store makes it no earlier than that of the head.
   */
  readonly now: When;
}

/** An entity as it is to stand from this revision on; `number` comes from {@link Draft.numbersOf}. */
export type EntityWrite = Omit<EntityRecord, 'lastSeenAt'> & {
  readonly claim: EntityClaim;
  readonly overlay: EntityOverlay | null;
};

/** The claims on a relationship as they are to stand; the store derives the state from them. */
export interface RelationshipWrite extends RelationshipKey {
  readonly claims: readonly RelationshipClaim[];
}

/**
 * The next revision while it is being made. Nobody else sees any of it until {@link commit}; reads here see
 * the head with what this draft has written. Calls are made one after the other. A draft that is over, or that
 * failed with UNAVAILABLE, refuses every call but `abort`.
 */
export interface Draft {
  /** The revision that a commit will be, and the head it stands on. */
  readonly revision: Revision;
  readonly base: Head;

  /** Numbers of entities by id, in the order asked; 0 for one the store does not know. */
  numbersOf(ids: readonly string[]): Promise<number[]>;

  /** Numbers for ids the store may not know yet; unknown ones get the next free ones, in the order given. */
  assignNumbers(ids: readonly string[]): Promise<number[]>;

  /** Entities by number, in the order asked. */
  entities(numbers: readonly number[]): Promise<(EntityRecord | undefined)[]>;

  /** Relationships by key, in the order asked, ended ones too. */
  relationships(keys: readonly RelationshipKey[]): Promise<(RelationshipRecord | undefined)[]>;

  /** Humans by email, as `Store.humansByEmail`. */
  humansByEmail(emails: readonly string[]): Promise<EntityRecord[]>;

  /** Every entity that belongs to a source, in batches, in order of number. */
  entitiesOf(source: SourceNumber): AsyncIterable<readonly EntityRecord[]>;

  /** Every relationship that a source claims open, in batches. */
  relationshipsClaimedBy(source: SourceNumber): AsyncIterable<readonly RelationshipRecord[]>;

  /** The source with an id, as it stands; undefined before its first import. */
  source(id: string): Promise<SourceRecord | undefined>;

  /** Adds or changes a source; gives its number (from 1). */
  putSource(source: Omit<SourceRecord, 'number'>): Promise<SourceNumber>;

  /**
   * Writes entities as they are to stand. The same entity twice in a draft: the last one counts.
   *
   * @throws BAD_INPUT for text that an engine would not give back as it was (U+0000, lone surrogates) in an id,
   *   a name, an external id or a property that is searched for. Such a draft is to be aborted.
   */
  putEntities(entities: readonly EntityWrite[]): Promise<void>;

  /** Writes relationships as they are to stand; one without any claim is an error of the caller: BAD_INPUT. */
  putRelationships(relationships: readonly RelationshipWrite[]): Promise<void>;

  /**
   * Writes documents as they are to stand from the commit on; until then nobody sees any of it, also through the
   * store that this draft came from. The same key twice in a draft: the last one counts.
   *
   * @throws BAD_INPUT for a collection or a key that is no id (`idProblem`). Such a draft is to be aborted.
   */
  putDocuments(documents: readonly DocumentWrite[]): Promise<void>;

  /**
   * Makes the draft the head, with its audit events (chained in the order given), and returns when it is
   * durable. With nothing written and no facts, nothing is committed and the base is returned; numbers that
   * were assigned and not used are then free again.
   */
  commit(facts: readonly AuditFact[]): Promise<Head>;

  /** Forgets all of it. After a commit, or twice, it does nothing. */
  abort(): Promise<void>;
}
