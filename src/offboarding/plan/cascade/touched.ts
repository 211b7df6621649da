import { isWorkload } from '../../../graph/kind-codes.js';
import { RotationUnits } from '../../../graph/radii/rotation-units.js';
import type { EntityNumber, GraphView } from '../../../graph/view.js';
import type { Facts } from '../context.js';
import { type Action, isSelfContained } from '../plan.js';
import { Stops } from '../stops.js';

/** The actions, with tokens that nobody can revoke counted as revoked: they stop by themselves later. */
function inTheEnd(actions: readonly Action[]): Action[] {
  return actions.map((action) =>
    isSelfContained(action)
      ? {
          ...action,
          changes: [...action.changes, { change: 'SET_STATUS', entity: action.entity, status: 'REVOKED' }],
        }
      : action,
  );
}

/** Working workloads that stop, besides what is to stop; in order of id. */
export function breaksOf(view: GraphView, actions: readonly Action[]): string[] {
  const all = inTheEnd(actions);
  const meant = new Set(all.flatMap(({ kind, entity }) => (kind === 'RETIRE' ? [entity] : [])));
  const stopped = new Stops(view, all).by(all).map((workload) => view.idOf(workload));
  return stopped.filter((workload) => !meant.has(workload));
}

/** Whether a workload of criticality HIGH or CRITICAL is acted on, or has to do with something that is. */
export function touchesCritical(view: GraphView, facts: Facts, actions: readonly Action[]): boolean {
  const seeds = new Set<EntityNumber>();
  for (const { entity, changes } of actions) {
    seeds.add(view.numberOf(entity));
    for (const change of changes) if (change.change === 'SET_STATUS') seeds.add(view.numberOf(change.entity));
  }
  seeds.delete(0);
  // Whoever reads a secret has to do with what it keeps, also where the secret itself stays as it is.
  const units = new RotationUnits(view);
  for (const seed of [...seeds])
    for (const secret of units.secretsOf(seed)) for (const copy of units.of(secret).members) seeds.add(copy);
  const workloads = new Set<EntityNumber>();
  for (const seed of seeds) {
    if (isWorkload(view.kindOf(seed))) workloads.add(seed);
    view.eachIn(seed, (from) => {
      if (isWorkload(view.kindOf(from))) workloads.add(from);
    });
  }
  const critical = [...workloads].filter((workload) =>
    ['HIGH', 'CRITICAL'].includes(String(facts.recordOf(workload).properties.criticality)),
  );
  return critical.length > 0;
}
