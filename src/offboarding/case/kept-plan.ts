import type { ReasonStep } from '../../graph/reason.js';
import type { Visibility } from '../../model/visibility.js';
import type { PlanBody } from '../plan/plan.js';
import type { Prediction } from '../plan/prediction.js';

/** A plan as a case keeps it: the hashed value, and what explains it. */
export interface KeptPlan {
  readonly body: PlanBody;
  readonly hash: string;
  /** The path that is each action's reason, by action id. */
  readonly because: Readonly<Record<string, readonly ReasonStep[]>>;
  /** Workloads that break only because another does. */
  readonly following: readonly string[];
  /** Decided entities that stand on the leaver: they are re-homed or retired, and cannot only be transferred. */
  readonly standing: readonly string[];
  /** What a person has to decide before it can be approved. */
  readonly needsDecision: readonly string[];
  readonly prediction: Prediction;
  /** Predicted exposure that no self-contained token explains: such a plan cannot be approved. */
  readonly unexplained: readonly string[];
  /** Workloads that stop for a while: what SECURITY_FIRST costs. */
  readonly downtime: readonly string[];
  /** Secrets that could have been read and are not rotated, with the reason. */
  readonly noted: readonly { readonly entity: string; readonly why: string }[];
  /** What the sources let the planner see; left out of plans that were made before this was kept. */
  readonly visibility?: Visibility;
}
