import type { Conflict, CutSet, Resolution } from '../answers.js';
import { stepsOut } from '../collect-steps.js';
import { ACCOUNT, GRANT, SECRET, TOKEN } from '../kind-codes.js';
import type { EntityNumber, GraphView } from '../view.js';
import type { Breakage } from './continuity.js';
import type { Holdings } from './holdings.js';
import { isShared, type Person } from './person.js';
import type { RotationUnits } from './rotation-units.js';
import { isRequirement } from './stopping.js';

/** What conflicts follow from. */
interface CutOfPerson {
  readonly person: Person;
  readonly units: RotationUnits;
  readonly holdings: Holdings;
  readonly cut: CutSet;
}

/**
 * What must end, or ends by itself, although working workloads need it (semantics, section 3), in order of id.
 *
 * @param breakage what ending the whole cut breaks; its workloads are W(h)
 */
export function conflictsOf(
  view: GraphView,
  { person, units, holdings, cut }: CutOfPerson,
  breakage: Breakage,
): Conflict[] {
  const needing = new Map<EntityNumber, Set<EntityNumber>>();
  for (const workload of breakage.workloads) {
    for (const { to } of stepsOut(view, workload, isRequirement)) {
      if (breakage.before.isStopped(to) || !breakage.after.isStopped(to)) continue;
      const workloads = needing.get(to);
      if (workloads === undefined) needing.set(to, new Set([workload]));
      else workloads.add(workload);
    }
  }
  const isHeld = (entity: EntityNumber) => holdings.members.has(entity);
  const resolutionOf = (entity: EntityNumber): Resolution => {
    if (view.kindOf(entity) === SECRET && units.of(entity).tokens.some(isHeld)) return 'REHOME';
    if (isHeld(entity)) return canBeStoodOn(view, person, entity) ? 'REHOME' : 'TRANSFER';
    return 'REISSUE';
  };
  return [...needing]
    .map(([entity, workloads]): Conflict => {
      return {
        entity,
        resolution: resolutionOf(entity),
        workloads: [...workloads].sort((a, b) => view.compare(a, b)),
        path: cut.has(entity) ? cut.pathTo(entity) : breakage.paths.pathTo(entity),
      };
    })
    .sort((a, b) => view.compare(a.entity, b.entity));
}

/** Whether a holding is one that a workload stands on (semantics, section 4). Anything else in them only hangs on the person. */
function canBeStoodOn(view: GraphView, person: Person, holding: EntityNumber): boolean {
  const kind = view.kindOf(holding);
  if (kind === GRANT || kind === TOKEN) return true;
  return kind === ACCOUNT && person.accounts.includes(holding) && !isShared(view, person, holding);
}
