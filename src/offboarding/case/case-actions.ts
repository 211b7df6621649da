import { type ReasonStep } from '../../graph/reason.js';
import { idempotencyKey } from '../plan/ids.js';
import { type Action, PHASE_ORDER, type PlanBody, type UndoAction } from '../plan/plan.js';
import type { CaseAction } from './case-action.js';
import type { KeptPlan } from './kept-plan.js';

/** A new action of a case, which has not been tried. */
export function newAction(
  id: string,
  position: number,
  action: Action | UndoAction,
  rest: {
    readonly idempotencyKey: string;
    readonly because?: readonly ReasonStep[];
    readonly sweep?: number;
  },
): CaseAction {
  return {
    case: id,
    position,
    action,
    because: rest.because ?? [],
    sweep: rest.sweep ?? 0,
    idempotencyKey: rest.idempotencyKey,
    state: 'PENDING',
    proof: null,
    proofReference: null,
    attempts: 0,
    lastError: null,
    notBefore: null,
    waiver: null,
    requestedAt: null,
    settledAt: null,
  };
}

/** The actions of a plan in the order of execution: its phases come as its mode says (semantics, section 5). */
export function inOrderOfExecution({ mode, actions }: Pick<PlanBody, 'mode' | 'actions'>): Action[] {
  return PHASE_ORDER[mode].flatMap((phase) => actions.filter((action) => action.phase === phase));
}

/** The actions of a case when its execution begins. */
export function actionsOfPlan(id: string, { body, hash, because }: KeptPlan): CaseAction[] {
  return inOrderOfExecution(body).map((action, position) =>
    newAction(id, position, action, {
      idempotencyKey: idempotencyKey(hash, position),
      because: because[action.id] ?? [],
    }),
  );
}
