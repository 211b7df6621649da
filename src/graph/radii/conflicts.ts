import type { Conflict, CutSet } from '../answers.js';
import { stepsOut } from '../collect-steps.js';
import { isWorkload, SECRET } from '../kind-codes.js';
import type { EntityNumber, GraphView } from '../view.js';
import type { Breakage } from './continuity.js';
import type { Holdings } from './holdings.js';
import type { RotationUnits } from './rotation-units.js';
import { isRequirement } from './stopping.js';

/**
 * The credentials that must end although working workloads need them (semantics, section 3), in order of id.
 *
 * @param breakage what ending the whole cut breaks; its workloads are W(h)
 */
export function conflictsOf(
  view: GraphView,
  units: RotationUnits,
  holdings: Holdings,
  cut: CutSet,
  breakage: Breakage,
): Conflict[] {
  const needing = new Map<EntityNumber, Set<EntityNumber>>();
  for (const workload of breakage.workloads) {
    for (const { to } of stepsOut(view, workload, isRequirement)) {
      if (isWorkload(view.kindOf(to))) continue;
      if (breakage.before.isStopped(to) || !breakage.after.isStopped(to)) continue;
      const workloads = needing.get(to);
      if (workloads === undefined) needing.set(to, new Set([workload]));
      else workloads.add(workload);
    }
  }
  const isHolding = (entity: EntityNumber) => holdings.members.has(entity);
  return [...needing]
    .map(([entity, workloads]): Conflict => {
      const held =
        view.kindOf(entity) === SECRET ? units.of(entity).tokens.some(isHolding) : isHolding(entity);
      return {
        entity,
        resolution: held ? 'REHOME' : 'REISSUE',
        workloads: [...workloads].sort((a, b) => view.compare(a, b)),
        path: cut.has(entity) ? cut.pathTo(entity) : breakage.paths.pathTo(entity),
      };
    })
    .sort((a, b) => view.compare(a.entity, b.entity));
}
