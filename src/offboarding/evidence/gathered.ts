import type { AuditEvent } from '../../model/audit.js';
import type { Visibility } from '../../model/visibility.js';
import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import type { KeptPlan } from '../case/kept-plan.js';
import type { Verification } from '../case/verification.js';
import type { Population } from './population.js';
import type { RadiiThen } from './radii-then.js';
import type { Removal } from './removals.js';

/** An AI agent that a case is about. */
export interface Agent {
  readonly id: string;
  /** What was decided about it, and what it is now. */
  readonly what: string;
  /** Ids of who owns it now. */
  readonly owners: readonly string[];
}

/** Everything that shows what a case did. */
export interface Gathered {
  /** ISO 8601: when it was gathered. */
  readonly madeAt: string;
  readonly case: Case;
  readonly plan: KeptPlan;
  readonly actions: readonly CaseAction[];
  readonly verification: Verification | null;
  readonly events: readonly AuditEvent[];
  /** ISO 8601: the departure, from which the times of removals are counted. */
  readonly departure: string;
  readonly removals: readonly Removal[];
  /** null where the case is about one thing. After: at the revision that was verified; null before that. */
  readonly radii: { readonly before: RadiiThen; readonly after: RadiiThen | null } | null;
  /** What the sources let one see when the case was verified the last time, else when it was planned. */
  readonly visibility: Visibility;
  /** Names of all entities in the plan, by id. */
  readonly names: Readonly<Record<string, string>>;
  /** AI agents that the case is about, and their outcome. */
  readonly agents: readonly Agent[];
  readonly population: Population;
}
