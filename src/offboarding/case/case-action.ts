import type { ReasonStep } from '../../graph/reason.js';
import type { Proof } from '../../sources/actuator.js';
import type { Action, UndoAction } from '../plan/plan.js';

/** States of an action (api, section 3). */
export const ACTION_STATES = [
  'PENDING',
  'RUNNING',
  'REQUESTED',
  'WAITING_FOR_PERSON',
  'DONE',
  'IRREVOCABLE',
  'WAIVED',
] as const;
export type ActionState = (typeof ACTION_STATES)[number];

/** A person answers for going on without an action until a given time. */
export interface Waiver {
  readonly owner: string;
  /** ISO 8601. */
  readonly until: string;
  readonly reason: string;
  readonly by: string;
}

/** One action of a case while it is carried out. */
export interface CaseAction {
  readonly case: string;
  /** Its place in the order of execution, from 0; what sweeps add comes after the plan's. */
  readonly position: number;
  readonly action: Action | UndoAction;
  readonly because: readonly ReasonStep[];
  /** Number of the sweep that added it, from 1; 0: it is from the plan. */
  readonly sweep: number;
  readonly idempotencyKey: string;
  readonly state: ActionState;
  readonly proof: Proof | null;
  /** The source's request id, or where the person's evidence is. */
  readonly proofReference: string | null;
  readonly attempts: number;
  /** With ISSUE_TOKEN: how often a value was lost before it was written, and so issued again; left out: never. */
  readonly losses?: number;
  /** Why the last attempt failed; null where it did not, or where there was none. */
  readonly lastError: string | null;
  /** ISO 8601: not tried before this time. In the state REQUESTED: tried again then, if no call back has come. */
  readonly notBefore: string | null;
  readonly waiver: Waiver | null;
  /** ISO 8601: when the source, or a person, was first asked. */
  readonly requestedAt: string | null;
  /** ISO 8601: when it reached a state of {@link SETTLED_STATES}. */
  readonly settledAt: string | null;
}

/** States of actions that are over: they do not keep the next phase from beginning. */
export const SETTLED_STATES: readonly ActionState[] = ['DONE', 'IRREVOCABLE', 'WAIVED'];

/** Whether an action is over: see {@link SETTLED_STATES}. */
export const isSettled = ({ state }: Pick<CaseAction, 'state'>): boolean => SETTLED_STATES.includes(state);
