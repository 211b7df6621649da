import { ofTypes, stepsInto } from '../../graph/collect-steps.js';
import { TOKEN } from '../../graph/kind-codes.js';
import { knownUnits } from '../../graph/radii/known-units.js';
import type { RotationUnit } from '../../graph/radii/rotation-units.js';
import type { ReasonStep } from '../../graph/reason.js';
import { KNOWLEDGE } from '../../graph/relationship-types.js';
import type { EntityNumber } from '../../graph/view.js';
import type { CaseAction } from '../case/case-action.js';
import type { AnyDetails } from '../plan/action-details.js';
import type { PlanContext } from '../plan/context.js';
import type { ToRotate } from '../plan/phases/rotate.js';
import type { CaseInspection } from './case-inspection.js';

const isKnowledge = ofTypes(KNOWLEDGE);

/** Units that a sweep has to rotate: those that store what it revokes, and those that came to be known. */
export function unitsToSweep(
  inspection: CaseInspection,
  context: PlanContext,
  ending: ReadonlyMap<EntityNumber, readonly ReasonStep[]>,
): ToRotate[] {
  const { view } = inspection.inspected;
  const { units } = inspection.radii;
  const found = new Map<RotationUnit, readonly ReasonStep[]>();
  for (const [entity, because] of ending) {
    if (view.kindOf(entity) !== TOKEN) continue;
    for (const secret of units.secretsOf(entity)) {
      const unit = units.of(secret);
      if (!found.has(unit)) found.set(unit, because);
    }
  }
  for (const { unit, because } of knownAgain(inspection, context))
    if (!found.has(unit)) found.set(unit, because);
  return [...found].map(([unit, because]) => ({ unit, because }));
}

/** Units that the leaver knows although nothing rotates them, or although they have been rotated. */
function knownAgain(inspection: CaseInspection, context: PlanContext): ToRotate[] {
  if (inspection.human === 0 || inspection.isBack) return [];
  const { view, policy } = inspection.inspected;
  const { units, person, exposure } = inspection.radii;
  const rotations = newestRotations(inspection.inspected.actions);
  return knownUnits(view, units, person, exposure, policy.rotateReadable)
    .filter(({ unit }) => unit.members.some((secret) => view.isLive(secret)))
    .filter(({ unit }) => isNews(inspection, unit, rotations))
    .map(({ unit, steps }) => ({ unit, because: context.because(steps()) }));
}

/**
 * A rotation that waits for tokens to die leaves the knowing as it is, and another would help nothing. Once it is
 * complete nobody knows any more: who is known to know then has read the new value.
 */
function isNews(
  inspection: CaseInspection,
  unit: RotationUnit,
  rotations: ReadonlyMap<string, CaseAction>,
): boolean {
  const { view } = inspection.inspected;
  // A copy that was revoked before is rotated by nobody.
  const living = unit.members.filter((secret) => view.isLive(secret));
  const done = living.map((secret) => rotations.get(view.idOf(secret)));
  if (done.some((rotation) => rotation === undefined)) return true;
  if (!done.every((rotation) => rotation !== undefined && isComplete(inspection, rotation))) return false;
  const { human, accounts } = inspection.radii.person;
  const who = new Set([human, ...accounts]);
  // What was refused or waived of it has left the knowing as it was, and says nothing of a new value.
  const ended = unit.members.filter(
    (secret) => (rotations.get(view.idOf(secret))?.state ?? 'DONE') === 'DONE',
  );
  return ended.some((secret) => stepsInto(view, secret, isKnowledge).some(({ to }) => who.has(to)));
}

function newestRotations(actions: readonly CaseAction[]): ReadonlyMap<string, CaseAction> {
  const rotations = actions.filter(({ action }) => action.kind === 'ROTATE_SECRET');
  return new Map(rotations.map((rotation) => [rotation.action.entity, rotation]));
}

/** Whether a rotation was done, and every token that it waits for is dead or the secret with nothing left is revoked. */
export function isComplete({ inspected: { view } }: CaseInspection, { state, action }: CaseAction): boolean {
  if (state !== 'DONE') return false;
  const isRevoked = action.changes.some(({ change }) => change === 'SET_STATUS');
  return isRevoked || tokensToDie(action.details).every((id) => !view.isLive(view.numberOf(id)));
}

/** Ids of the tokens that must be dead before a rotation is complete. */
export const tokensToDie = ({ completeWhenDead = [] }: AnyDetails): readonly string[] => completeWhenDead;
