import { isWorkload } from '../../graph/kind-codes.js';
import { brokenNow, workloadsTouchedBy } from '../../graph/radii/continuity.js';
import { RotationUnits } from '../../graph/radii/rotation-units.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import type { Change } from '../plan/change.js';
import { OverlayView } from '../plan/overlay-view.js';

/** Live workloads that work in one graph and not in the other, of those that the changes touch; in order of id. */
export function newlyBroken(before: GraphView, after: GraphView, changes: readonly Change[]): EntityNumber[] {
  const touched = new Set<EntityNumber>();
  for (const view of [before, after]) {
    const ids = changes.flatMap(entitiesOf).map((id) => view.numberOf(id));
    const ended = new Set(ids.filter((entity) => entity !== 0));
    for (const workload of workloadsTouchedBy(view, new RotationUnits(view), ended)) touched.add(workload);
  }
  const known = [...touched].filter((entity) => isWorkload(before.kindOf(entity)) && before.isLive(entity));
  const brokenBefore = brokenNow(before, new RotationUnits(before), known);
  const brokenAfter = brokenNow(after, new RotationUnits(after), known);
  return known
    .filter((workload) => !brokenBefore.has(workload) && brokenAfter.has(workload))
    .sort((a, b) => before.compare(a, b));
}

/** The workloads that would break if these changes were made. */
export function brokenBy(view: GraphView, changes: readonly Change[]): EntityNumber[] {
  return newlyBroken(view, new OverlayView(view, changes), changes);
}

function entitiesOf(change: Change): string[] {
  if (change.change === 'SET_STATUS') return [change.entity];
  if (change.change === 'CREATE') return [];
  return [change.relationship.from, change.relationship.to];
}
