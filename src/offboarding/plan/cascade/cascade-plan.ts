import type { EntityNumber, GraphView } from '../../../graph/view.js';
import type { Millis } from '../../../model/time.js';
import type { Facts } from '../context.js';
import type { KnownSources } from '../known-sources.js';
import type { About } from '../plan.js';
import type { Plan } from '../plan-result.js';

/** What a plan of one thing is about. */
export type AboutCascade = Exclude<About, { readonly kind: 'OFFBOARDING' }>;

/** Input of the planner of cascades. */
export interface CascadeInput {
  /** The graph, judged at `evaluatedAt`. */
  readonly view: GraphView;
  readonly facts: Facts;
  readonly known: KnownSources;
  readonly evaluatedAt: Millis;
  readonly about: AboutCascade;
  /** For REHOME: id of who owns what is made; null otherwise. */
  readonly successor: string | null;
}

/** A plan of one thing, carried out as any plan is. */
export interface CascadePlan extends Plan {
  /** Working workloads that it stops, besides what it retires; in order of id. */
  readonly breaks: readonly string[];
  /** It breaks a workload, or touches one of criticality HIGH or CRITICAL: a second person approves it. */
  readonly needsApproval: boolean;
  /**
   * What a preview is named by: the hash of the same plan without its moment, so that it stays while nothing of
   * what the plan touches changes.
   */
  readonly previewHash: string;
}

/** What planners of one thing work with, besides the input. */
export interface CascadePlanning extends CascadeInput {
  readonly target: EntityNumber;
  /** The moment as ids are made of it; empty in a preview. */
  readonly moment: string;
}
