import type { Level } from '../model/levels.js';
import type { EntityNumber } from './view.js';

/** One step of a path, in walking order: which relationship was walked, and with or against its arrow. */
export interface Step {
  readonly from: EntityNumber;
  readonly to: EntityNumber;
  /** Packed code of the relationship (`model/rows.ts`). */
  readonly code: number;
  /** Walked against the arrow: the relationship's own `from` is this step's `to`. */
  readonly against: boolean;
}

/** An entity in an answer. */
export interface Reached {
  readonly entity: EntityNumber;
  readonly distance: number;
  /** The highest level it is reached with (`model/levels.ts`); 0 in the sets that have no levels. */
  readonly level: Level;
}

/** A set of entities with a path that explains each member. */
export interface ReachSet {
  /** In order of distance, then id. */
  readonly members: readonly Reached[];
  has(entity: EntityNumber): boolean;
  /**
   * The steps from the start to a member; empty for the start itself. Each step begins where the one before ended,
   * with one exception: a token may be a member because of its family. No relationship shows that, so the path goes
   * on from another token of the same family.
   */
  pathTo(entity: EntityNumber): Step[];
}

/** A cut, which also tells which members are foreign: credentials of somebody else that the leaver knows. */
export interface CutSet extends ReachSet {
  isForeign(entity: EntityNumber): boolean;
  /** The token whose family brought a member into the cut, where no relationship leads to the member; else 0. */
  familyMateOf(entity: EntityNumber): EntityNumber;
}

/**
 * How a conflict is resolved: the workload moves to another identity, the credential is issued again, or the thing, which
 * would end by itself with the person, goes to somebody else.
 */
export const RESOLUTIONS = ['REHOME', 'REISSUE', 'TRANSFER'] as const;
/** One of {@link RESOLUTIONS}. */
export type Resolution = (typeof RESOLUTIONS)[number];

/** What must end, or ends by itself, although a working workload needs it. */
export interface Conflict {
  readonly entity: EntityNumber;
  readonly resolution: Resolution;
  /** In order of id. */
  readonly workloads: readonly EntityNumber[];
  readonly path: readonly Step[];
}

/** Which secrets that could have been read count as known (semantics, section 4). */
export const ROTATE_READABLE = ['never', 'sensitive', 'always'] as const;
/** One of {@link ROTATE_READABLE}. */
export type RotateReadable = (typeof ROTATE_READABLE)[number];

/** The five radii of one human or account, or of several humans who count as one, in one state of the graph. */
export interface Radii {
  /** Of several humans the first by id. */
  readonly start: EntityNumber;
  readonly exposure: ReachSet;
  readonly continuity: ReachSet;
  readonly orphans: ReachSet;
  readonly cut: CutSet;
  readonly conflicts: readonly Conflict[];
}
