import type { GraphState } from '../../graph/graph-state.js';
import type { Visibility } from '../../model/visibility.js';
import { accountsBehind, type Looking, visibleOf } from '../visible.js';
import type { Case } from './case.js';
import type { KeptPlan } from './kept-plan.js';
import type { Verification } from './verification.js';

/**
 * What the sources let one see of a case: when it was verified the last time, else when it was planned. Where neither
 * was recorded, which is so for what was made before it was kept, it is what they let one see now.
 */
export async function visibilityOf(
  looking: Looking,
  { input }: Case,
  { plan, verification }: { readonly plan: KeptPlan; readonly verification?: Verification | undefined },
  now: () => Promise<GraphState>,
): Promise<Visibility> {
  const recorded = verification?.visibility ?? plan.visibility;
  if (recorded !== undefined) return recorded;
  return visibleOf(looking, await now(), (view) =>
    input.human === null
      ? accountsBehind(view, [input.target!, ...plan.body.actions.map(({ entity }) => entity)])
      : [view.numberOf(input.human)],
  );
}
