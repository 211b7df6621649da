import { ofTypes, stepsInto } from '../../../graph/collect-steps.js';
import { isWorkload } from '../../../graph/kind-codes.js';
import { isPersonal, knowers } from '../../../graph/radii/known-units.js';
import { DEPENDENCY, KEEPING, OWNERSHIP, USE } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import type { PlanContext } from '../context.js';

const keeps = ofTypes(KEEPING);
const owns = ofTypes(OWNERSHIP);
const consumes = ofTypes(USE, DEPENDENCY);

/**
 * Whether a secret is what the leaver takes along (semantics, section 5, phase 5): only personal places of the leaver
 * keep it, and no workload that goes on uses it. Nothing new is written there.
 */
export function isTakenAlong(context: PlanContext, secret: EntityNumber): boolean {
  const { view, radii } = context;
  const keepers = stepsInto(view, secret, keeps).map((step) => step.to);
  if (keepers.length === 0) return false;
  const who = new Set(knowers(radii.person));
  const isTheirs = (place: EntityNumber) =>
    isPersonal(view, place) && stepsInto(view, place, owns).some(({ to }) => who.has(to));
  return keepers.every(isTheirs) && usersGoingOn(context, secret).length === 0;
}

/** Live workloads that are not to be retired and that use or depend on a secret. */
function usersGoingOn(context: PlanContext, secret: EntityNumber): EntityNumber[] {
  const { view } = context;
  return stepsInto(view, secret, consumes)
    .map((step) => step.to)
    .filter((user) => isWorkload(view.kindOf(user)) && view.isLive(user) && !context.isRetired(user));
}
