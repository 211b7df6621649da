import { ofTypes } from '../../graph/collect-steps.js';
import { isWorkload } from '../../graph/kind-codes.js';
import type { RotationUnits } from '../../graph/radii/rotation-units.js';
import { DEPENDENCY, USE } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';

const uses = ofTypes(USE);
const usesOrDepends = ofTypes(USE, DEPENDENCY);

/** Workloads that use a token, or use or depend on a secret whose unit stores it; in order of id. */
export function usersOf(view: GraphView, units: RotationUnits, token: EntityNumber): EntityNumber[] {
  const users = new Set<EntityNumber>();
  const collect = (target: EntityNumber, accept: (code: number, other: EntityNumber) => boolean) => {
    view.eachIn(target, (workload, code) => {
      if (accept(code, workload) && isWorkload(view.kindOf(workload))) users.add(workload);
    });
  };
  collect(token, uses);
  for (const secret of units.secretsOf(token)) {
    for (const member of units.of(secret).members) collect(member, usesOrDepends);
  }
  return [...users].sort((a, b) => view.compare(a, b));
}
