import type { Guard } from '../decide/decision.js';
import type { DecisionAction } from '../policy/policy.js';
import type { AnyDetails, DetailsOf, UndoDetails } from './action-details.js';
import type { Change } from './change.js';
import type { ActedOn, NotKnown } from './known-sources.js';

/** Order of phases and what is lost meanwhile (semantics, section 5). */
export const MODES = ['CONTINUITY_FIRST', 'SECURITY_FIRST'] as const;
export type Mode = (typeof MODES)[number];

/** What an action does (api, section 3). */
export const ACTION_KINDS = [
  'LOCK_ACCOUNT',
  'END_SESSIONS',
  'DISABLE_ACCOUNT',
  'PROVISION_IDENTITY',
  'PROVISION_GRANT',
  'ISSUE_TOKEN',
  'WRITE_SECRET',
  'BIND_WORKLOAD',
  'CONFIRM_RUN',
  'REVOKE_TOKEN',
  'REVOKE_GRANT',
  'ROTATE_SECRET',
  'RESET_SIGN_IN',
  'TRANSFER_OWNERSHIP',
  'END_RELATIONSHIP',
  'RETIRE',
  'CHANGE_DECLARATION',
  'SET_HUMAN_STATUS',
] as const;
export type ActionKind = (typeof ACTION_KINDS)[number];

/** 1 fence, 2 provision, 3 revoke credentials, 4 revoke grants, 5 rotate, 6 transfer and retire, 7 verify. */
export type Phase = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** In which order the phases are executed. */
export const PHASE_ORDER: Readonly<Record<Mode, readonly Phase[]>> = {
  CONTINUITY_FIRST: [1, 2, 3, 4, 5, 6, 7],
  SECURITY_FIRST: [1, 3, 4, 2, 5, 6, 7],
};

/** An action of one kind. `id` is `phase/kind/entity`: in a phase, an entity has at most one action of a kind. */
export interface ActionOf<K extends ActionKind> {
  readonly id: string;
  readonly phase: Phase;
  readonly kind: K;
  readonly entity: string;
  /** Id of the source on which it takes effect. */
  readonly source: string;
  /** Ids of the actions that must be done before. */
  readonly dependsOn: readonly string[];
  readonly changes: readonly Change[];
  /** It may be done while the last working day is still ahead. */
  readonly early: boolean;
  /** What a person or a source needs to know to do it. */
  readonly details: DetailsOf<K>;
}

/** An action: a union by kind, so that the kind tells which details there are. */
export type Action = { [K in ActionKind]: ActionOf<K> }[ActionKind];

/** An action that undoes another one, when a case is cancelled. It is never part of a plan, and never hashed. */
export interface UndoAction extends Omit<ActionOf<ActionKind>, 'details'> {
  readonly details: UndoDetails;
}

interface WithDetails {
  readonly details: AnyDetails;
}

/** Whether an action is about a token that nobody can revoke, because whoever checks it asks nobody. */
export const isSelfContained = ({ details }: WithDetails): boolean => details.selfContained === true;

/**
 * Whether a rotation revokes its secret because it stores nothing any more, which completes the rotation. What the
 * leaver takes along is revoked too, but only when the rotation is complete.
 */
export const revokesAtOnce = ({ changes, details }: Pick<UndoAction, 'changes'> & WithDetails): boolean =>
  details.takenAlong !== true && changes.some(({ change }) => change === 'SET_STATUS');

/** The decision about one entity in a plan. */
export interface PlannedDecision {
  readonly entity: string;
  readonly action: DecisionAction;
  /** The rule that decided, from 1; 0: a person did. */
  readonly rule: number;
  readonly guard: Guard | null;
  readonly reason: string | null;
  readonly successor: string | null;
  readonly managedIdentity: string | null;
}

/** Version of the hashed form, `schema/plan.schema.json`. */
export const PLAN_VERSION = 2;

/** Versions of plans that a store may still have: their cases go on as they were planned. */
export const KEPT_PLAN_VERSIONS = [1, PLAN_VERSION] as const;

/** What a plan is about: a person who leaves, or one thing (semantics, section 5, *One thing at a time*). */
export type About =
  | { readonly kind: 'OFFBOARDING' }
  | { readonly kind: 'REVOKE' | 'ROTATE' | 'RETIRE'; readonly target: string }
  | { readonly kind: 'REHOME'; readonly target: string; readonly managedIdentity: string | null }
  | { readonly kind: 'TRANSFER'; readonly target: string; readonly from: string; readonly to: string };

/** The hashed part of a plan: same inputs, same bytes, same hash, on every engine. */
export interface PlanBody {
  readonly version: typeof PLAN_VERSION;
  readonly about: About;
  /** Who leaves; null where several do, or where the plan is about one thing. */
  readonly human: string | null;
  /** Those who leave together by one plan, in order of id; left out where it is one, or nobody. */
  readonly humans?: readonly string[];
  readonly mode: Mode;
  /** ISO 8601; every rule about time uses it. */
  readonly evaluatedAt: string;
  readonly lastWorkingDay: string | null;
  readonly successor: string | null;
  /** null where no policy decided anything. */
  readonly policyHash: string | null;
  readonly decisions: readonly PlannedDecision[];
  /** Workloads that will stop although they are not to be retired: approving the plan accepts it. */
  readonly accepted: readonly string[];
  /** How each source that is acted on is acted on, in order of id. */
  readonly sources: readonly ActedOn[];
  /** What nobody had looked for, or not lately. */
  readonly notKnown: NotKnown;
  /** In order of execution within the order of phases 1 to 7. */
  readonly actions: readonly Action[];
}
