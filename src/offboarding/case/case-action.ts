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

/** Somebody answers for going on without an action, until a moment. */
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
  /** Which sweep added it; 0: the plan has it. */
  readonly sweep: number;
  readonly idempotencyKey: string;
  readonly state: ActionState;
  readonly proof: Proof | null;
  /** The source's request id, or where the person's evidence is. */
  readonly proofReference: string | null;
  readonly attempts: number;
  /** Why it did not work the last time; null: it did, or was not tried. */
  readonly lastError: string | null;
  /** ISO 8601: not to be tried before; with REQUESTED: asked again then, if no call back came. */
  readonly notBefore: string | null;
  readonly waiver: Waiver | null;
  /** ISO 8601 of the moments at which it was first asked for, and ended. */
  readonly requestedAt: string | null;
  readonly settledAt: string | null;
}

/** States in which an action keeps the next phase from beginning no longer. */
export const SETTLED_STATES: readonly ActionState[] = ['DONE', 'IRREVOCABLE', 'WAIVED'];

export const isSettled = ({ state }: Pick<CaseAction, 'state'>): boolean => SETTLED_STATES.includes(state);
