import type { Actor } from '../../model/audit.js';
import type { When } from '../../model/clock.js';
import type { Revision } from '../../model/revision.js';

/** How claims are taken back (semantics, section 7). */
export interface TakeBackOptions {
  readonly actor: Actor;
  readonly reason: string;
  /** The time of the commit, or a clock that is read when the commit is made. */
  readonly now: When;
  /** Also where an open case would change. */
  readonly force?: boolean;
  /** Only count: nothing is written. */
  readonly dryRun?: boolean;
  /** Which open cases are about things that change. */
  readonly openCases: OpenCases;
  /** Stops with the signal's reason; nothing is written then. */
  readonly signal?: AbortSignal;
}

/** The port to the cases. */
export interface OpenCases {
  /** Ids of the cases that have not ended and are about one of these entities: in their plan, or as their person. */
  about(entities: ReadonlySet<string>): Promise<readonly string[]>;
}

/** What was taken back, or would be. */
export interface TakenBack {
  /** The revision without it; with `dryRun`, the present one. */
  readonly revision: Revision;
  readonly sources: readonly string[];
  /** Entities and relationships that are gone, as if they had never been reported. */
  readonly goneEntities: number;
  readonly goneRelationships: number;
  /** Those that are as they were before. */
  readonly changedEntities: number;
  readonly changedRelationships: number;
  /** Ids of the open cases that are about something that changes. */
  readonly cases: readonly string[];
}
