import type { LazyRadii } from '../../graph/radii/radii.js';
import type { GraphView } from '../../graph/view.js';
import type { Moment } from '../operation/moment.js';

/**
 * What was left out of a blast radius and how to go on, or null where nothing was. In memory the walk runs to
 * its end or the operation fails, so no answer is cut short; in the store all sets are computed first, as far as
 * its limits let them. It speaks of what the sources report, and of nothing else: what they do not look for is a
 * blind spot.
 */
export async function leftOut(moment: Moment, radii: (view: GraphView) => LazyRadii): Promise<string | null> {
  const graphState = await moment.graphState();
  if (graphState.whole !== null) return null;
  await moment.queryInPart((view) => allSets(radii(view)));
  return graphState.leftOut;
}

/** Computes all five sets, so that fields that need them find them computed. */
export function allSets({ exposure, continuity, orphans, cut, conflicts }: LazyRadii) {
  return { exposure, continuity, orphans, cut, conflicts };
}
