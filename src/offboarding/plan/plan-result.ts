import type { ReasonStep } from '../../graph/reason.js';
import type { Noted } from './noted.js';
import type { PlanBody } from './plan.js';

/** A plan, and what explains it. */
export interface Plan {
  readonly body: PlanBody;
  readonly hash: string;
  /** The path that is each action's reason, by action id. */
  readonly because: ReadonlyMap<string, readonly ReasonStep[]>;
  /** Workloads of C(h) that break only because another does. */
  readonly following: readonly string[];
  /** Decided entities that stand on the leaver: they stop when the leaver goes, also with a new owner. */
  readonly standing: readonly string[];
  /** Entities that a person has to decide about before the plan can be approved. */
  readonly needsDecision: readonly string[];
  /** Workloads that stop for a while because something ends before its replacement is made. */
  readonly downtime: readonly string[];
  /** Secrets that could have been read and stay as they are. */
  readonly noted: readonly Noted[];
}
