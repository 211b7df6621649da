import { ENDED_STATES } from '../../offboarding/case/case.js';
import type { CaseAction } from '../../offboarding/case/case-action.js';
import type { Action } from '../../offboarding/plan/plan.js';
import type { CaseView, PlanView } from '../offboard/case-view.js';

/** A case for machines, in the shape of `Offboarding` (api, section 3). */
export function caseJson({ case: one, plan, actions, verification }: CaseView): object {
  const { input } = one;
  const carried = new Map(actions.map((action) => [action.action.id, action]));
  const added = actions.filter(({ sweep }) => sweep > 0).map(({ action }) => action);
  return {
    id: one.id,
    kind: input.kind,
    human: input.human === null ? null : { id: input.human },
    target: input.target === null ? null : { id: input.target },
    state: one.state,
    ended: ENDED_STATES.includes(one.state),
    because: one.because,
    mode: input.mode,
    planHash: one.planHash,
    evaluatedAt: input.evaluatedAt,
    lastWorkingDay: input.lastWorkingDay,
    successor: plan.body.successor === null ? null : { id: plan.body.successor },
    plannedBy: one.planned,
    approvedBy: one.approved,
    executedBy: one.executed,
    revision: String(one.plannedOn),
    policyHash: one.policyHash,
    assurance: one.assurance,
    needsDecision: plan.needsDecision,
    decisions: plan.body.decisions,
    actions: [...plan.body.actions, ...added].map((action) =>
      actionJson(action, plan.because[action.id], carried.get(action.id)),
    ),
    prediction: {
      exposure: plan.prediction.exposure,
      broken: plan.prediction.broken,
      accepted: plan.body.accepted,
    },
    downtime: plan.downtime,
    checks: verification?.checks ?? [],
    residual: verification?.residual ?? [],
  };
}

function actionJson(
  { id, phase, kind, entity, source, dependsOn }: Action,
  because: PlanView['plan']['because'][string] | undefined,
  carried: CaseAction | undefined,
): object {
  return {
    id,
    phase,
    kind,
    entity,
    source,
    because: carried?.because ?? because ?? [],
    state: carried?.state ?? 'PENDING',
    proof: carried?.proof ?? null,
    proofReference: carried?.proofReference ?? null,
    attempts: carried?.attempts ?? 0,
    lastError: carried?.lastError ?? null,
    idempotencyKey: carried?.idempotencyKey ?? null,
    dependsOn,
  };
}
