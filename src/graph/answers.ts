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

/** A set of entities that can explain each of its members. */
export interface ReachSet {
  /** In order of distance, then id. */
  readonly members: readonly Reached[];
  has(entity: EntityNumber): boolean;
  /**
   * Steps from the one asked about to a member; empty for the start itself. Each begins where the one before
   * ended, but for a token that came in by its family: no relationship shows that, and the path goes on from
   * another token of the same family.
   */
  pathTo(entity: EntityNumber): Step[];
}

/** A cut: which members are somebody else's, compromised by leaving. */
export interface CutSet extends ReachSet {
  isForeign(entity: EntityNumber): boolean;
  /** The token of whose family a member is, where no relationship leads to it; 0 otherwise. */
  familyMateOf(entity: EntityNumber): EntityNumber;
}

export type Resolution = 'REHOME' | 'REISSUE';

/** A credential that must end and that a working workload needs. */
export interface Conflict {
  readonly entity: EntityNumber;
  readonly resolution: Resolution;
  /** In order of id. */
  readonly workloads: readonly EntityNumber[];
  readonly path: readonly Step[];
}

/** Which secrets that could have been read count as known (semantics, section 4). */
export const ROTATE_READABLE = ['never', 'sensitive', 'always'] as const;
export type RotateReadable = (typeof ROTATE_READABLE)[number];

/** All that the radii say of one human or account, at one state of the graph. */
export interface Radii {
  readonly start: EntityNumber;
  readonly exposure: ReachSet;
  readonly continuity: ReachSet;
  readonly orphans: ReachSet;
  readonly cut: CutSet;
  readonly conflicts: readonly Conflict[];
}
