import type {
  ActionKind,
  ActionState,
  NamedStepFragment,
  OffboardingKind,
  OffboardingMode,
  Proof,
  ShownDecisionFragment,
} from '../../documents/generated/graphql.js';
import type { Unknown } from '../../model/unknown.js';
import type { Shown } from '../radii/shapes.js';
import type { Change } from './change.js';
import type { NameOf } from './reason-line.js';

/** A thing as a report names it. What a plan only makes has a name, and nothing else yet. */
export type Thing = Pick<Shown, 'id' | 'name'> & Partial<Shown>;

/** How far an action is, and by what that is known. */
export interface Carried {
  readonly state: ActionState;
  readonly proof: Proof | null;
  readonly proofReference: string | null;
  readonly lastError: string | null;
}

/** An action of a plan. */
export interface PlanAction {
  readonly phase: number;
  readonly kind: ActionKind;
  readonly entityId: string;
  readonly source: { readonly id: string; readonly actuation: string } | null;
  readonly because: { readonly path: readonly NamedStepFragment[] };
  readonly details: Readonly<Record<string, unknown>>;
  readonly changes: readonly Change[];
  /** It may be done while the last working day is still ahead. */
  readonly early: boolean;
  /** null: the plan is not executed. */
  readonly carried: Carried | null;
}

/** The graph as it will be when a plan is carried out, and what somebody should know before they approve it. */
export interface Outlook {
  /** What remains reachable; null where nobody leaves. */
  readonly exposure: readonly Thing[] | null;
  /** What does not work already. */
  readonly alreadyBroken: readonly Thing[];
  readonly retired: readonly Thing[];
  readonly accepted: readonly Thing[];
  readonly unexpected: readonly Thing[];
  readonly downtime: readonly Thing[];
  readonly following: readonly Thing[];
  readonly noted: readonly { readonly thing: Thing; readonly why: string }[];
}

/** Everything that a report about a plan says, fetched before it is drawn. */
export interface PlanView {
  readonly kind: OffboardingKind;
  /** Who leaves, or the one thing. */
  readonly about: Thing;
  readonly mode: OffboardingMode;
  /** ISO 8601, as all times here. */
  readonly evaluatedAt: string;
  readonly lastWorkingDay: string | null;
  readonly successor: Thing | null;
  readonly decisions: readonly ShownDecisionFragment[];
  /** In the order of execution. */
  readonly actions: readonly PlanAction[];
  readonly outlook: Outlook;
  readonly named: (id: string) => Thing;
  /** How a thing is named where its id does not stand beside: two of one name are told apart. */
  readonly nameOf: NameOf;
  /** What nobody looked into. */
  readonly unknown: readonly Unknown[];
  /** Names of the rules that decided; empty where the policy is another one by now. */
  readonly rules: readonly string[];
}

/** Things by id; of what is not among them only the id is known. */
export function namedAmong(things: readonly Thing[]): (id: string) => Thing {
  const known = new Map(things.map((thing) => [thing.id, thing]));
  return (id) => known.get(id) ?? { id, name: id };
}
