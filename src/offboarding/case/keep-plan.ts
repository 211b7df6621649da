import { jointExposureOf } from '../../graph/radii/joint-exposure.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { Change } from '../plan/change.js';
import { OverlayView } from '../plan/overlay-view.js';
import { isSelfContained } from '../plan/plan.js';
import type { Plan } from '../plan/plan-result.js';
import { predict } from '../plan/prediction.js';
import type { KeptPlan } from './kept-plan.js';

/**
 * What a case keeps of a plan.
 *
 * @param humans who leaves; none where it is about one thing
 */
export function keepPlan(view: GraphView, humans: readonly EntityNumber[], plan: Plan): KeptPlan {
  return {
    body: plan.body,
    hash: plan.hash,
    because: Object.fromEntries(plan.because),
    following: plan.following,
    standing: plan.standing,
    needsDecision: plan.needsDecision,
    prediction: predict(view, humans, plan),
    unexplained: unexplained(view, humans, plan),
    downtime: plan.downtime,
    noted: plan.noted,
  };
}

/**
 * What would still be exposed without a reason. Exposure through self-contained tokens has a reason: they work until
 * they expire, and become entries of the residual ledger.
 */
function unexplained(view: GraphView, humans: readonly EntityNumber[], { body }: Plan): string[] {
  const changes = body.actions.flatMap((action): readonly Change[] =>
    isSelfContained(action)
      ? [{ change: 'SET_STATUS', entity: action.entity, status: 'REVOKED' }]
      : action.changes,
  );
  const after = new OverlayView(view, changes);
  return jointExposureOf(after, humans).members.map(({ entity }) => after.idOf(entity));
}
