import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';

/** Number of an entity in the store it came from. 0 is none. */
export type EntityNumber = number;

/**
 * Sees one relationship of the entity asked about: the other end, and the packed `code` of `model/rows.ts`.
 * Returning true ends the visit early.
 */
export type Visit = (other: EntityNumber, code: number) => boolean | void;

/** What a visitor looks at; a view may leave out the rest, and may give it all the same. */
export interface VisitFilter {
  /** Types as bits by their code. */
  readonly types: number;
  /**
   * Only relationships that this view was asked about before, from their other end. Whoever goes back over paths that
   * a walk has come needs no others, and a view that fetches what it is asked about need not fetch them.
   */
  readonly onlySeen?: boolean;
}

/**
 * What the radii need of a graph: one state, at one moment, synchronous. Only open relationships are seen.
 * Implementations: the in-memory index, a plan laid over another view, the part of a graph that was fetched from a store.
 */
export interface GraphView {
  readonly revision: Revision;
  /** The moment at which expiry is judged. */
  readonly now: Millis;
  /** Every entity number is below this. */
  readonly size: number;
  /** True where the view has only what it was asked about, so that it costs to look where one need not. */
  readonly isPartial?: boolean;

  /** When the next live token expires after a moment; infinite where none does. Until then liveness stays. */
  nextExpiryAfter(moment: Millis): Millis;

  /** Position in `KINDS`; 255 for a number that names nothing here. */
  kindOf(entity: EntityNumber): number;
  /** Live at `now`: by status and, for a Token, by expiry. */
  isLive(entity: EntityNumber): boolean;
  /** Flags of `model/rows.ts`. */
  flagsOf(entity: EntityNumber): number;
  sourceOf(entity: EntityNumber): number;
  /** Tokens of one source with one family have one positive number; 0: no family. */
  familyOf(token: EntityNumber): number;
  /** Members of a family. */
  eachOfFamily(family: number, visit: (token: EntityNumber) => void): void;

  idOf(entity: EntityNumber): string;
  /** 0 where no entity has this id. */
  numberOf(id: string): EntityNumber;
  /** Order of two entities by their ids' UTF-8 bytes. */
  compare(a: EntityNumber, b: EntityNumber): number;

  /** Relationships that leave the entity. Left out, `wanted` is all of them. */
  eachOut(entity: EntityNumber, visit: Visit, wanted?: VisitFilter): void;
  /** Relationships that arrive at it. */
  eachIn(entity: EntityNumber, visit: Visit, wanted?: VisitFilter): void;
}
