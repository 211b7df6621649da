import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';

/** Number of an entity in the store that it came from; 0 is no entity. */
export type EntityNumber = number;

/**
 * Called with one relationship of an entity: the entity at the other end, and the packed `code` of `model/rows.ts`.
 * Returns true to end the visit early.
 */
export type Visit = (other: EntityNumber, code: number) => boolean | void;

/** The relationships that a visitor needs. A view may also give others, so the visitor still has to check. */
export interface VisitFilter {
  /** Relationship types, one bit for each type code. */
  readonly types: number;
  /**
   * True: only relationships that this view has already given from their other end. A search that goes back along a
   * walk needs no others, so a partial view does not have to fetch any.
   */
  readonly onlySeen?: boolean;
}

/**
 * One state of the graph at one moment, as the radii read it: synchronous, with open relationships only.
 * Implementations: the index in memory, a plan applied to another view, the part of a graph fetched from a store.
 */
export interface GraphView {
  readonly revision: Revision;
  /** The moment at which expiry is judged. */
  readonly now: Millis;
  /** Every entity number is below this. */
  readonly size: number;
  /** True where the view has only the data that queries have asked for, so that each unneeded look costs a read. */
  readonly isPartial?: boolean;

  /**
   * When the first live token expires after a moment; infinite where none does. Until then, what is live stays so, and
   * what is effective.
   */
  nextExpiryAfter(moment: Millis): Millis;

  /** Position in `KINDS`; `NO_KIND` where the state has no entity with this number. */
  kindOf(entity: EntityNumber): number;
  /** Live at `now`: by status and, for a Token, by expiry. */
  isLive(entity: EntityNumber): boolean;
  /**
   * Live and sustained at `now` (semantics, section 1): what a system ends together with something that is not
   * effective is not. Where nothing says `sustains`, the same as {@link isLive}. A state in which other entities are
   * live has other effective ones: see {@link Effectiveness}.
   */
  isEffective(entity: EntityNumber): boolean;
  /**
   * Whether an open relationship may say that something sustains the entity. False: none does, and nothing has to be
   * looked at to know that the entity is sustained.
   */
  mayHaveSustainer(entity: EntityNumber): boolean;
  /** When a Token expires, whatever its status; infinite where it never does, and for other kinds. */
  expiryOf(entity: EntityNumber): Millis;
  /** The flags that `model/rows.ts` names `ENTITY_FLAGS`. */
  flagsOf(entity: EntityNumber): number;
  /** Number of the source that reports the entity. */
  sourceOf(entity: EntityNumber): number;
  /** A positive number that is the same for all tokens of one family of one source; 0: no family. */
  familyOf(token: EntityNumber): number;
  /** Visits the members of a family. */
  eachOfFamily(family: number, visit: (token: EntityNumber) => void): void;

  /** The entity's id; empty where there is no such entity. */
  idOf(entity: EntityNumber): string;
  /** The entity with an id; 0 where no entity has it. */
  numberOf(id: string): EntityNumber;
  /** Compares two entities by the UTF-8 bytes of their ids: negative, 0 or positive, as `Array.sort` needs. */
  compare(a: EntityNumber, b: EntityNumber): number;

  /** Visits the relationships that leave the entity; without `wanted`, all of them. */
  eachOut(entity: EntityNumber, visit: Visit, wanted?: VisitFilter): void;
  /** Visits the relationships that arrive at the entity; without `wanted`, all of them. */
  eachIn(entity: EntityNumber, visit: Visit, wanted?: VisitFilter): void;
}
