import { ofTypes, stepsInto } from '../../graph/collect-steps.js';
import { TOKEN } from '../../graph/kind-codes.js';
import { knowers, knownUnits } from '../../graph/radii/known-units.js';
import type { RotationUnit } from '../../graph/radii/rotation-units.js';
import type { ReasonStep } from '../../graph/reason.js';
import { KNOWLEDGE } from '../../graph/relationship-types.js';
import type { EntityNumber } from '../../graph/view.js';
import type { CaseAction } from '../case/case-action.js';
import type { AnyDetails } from '../plan/action-details.js';
import type { PlanContext } from '../plan/context.js';
import type { ToRotate } from '../plan/phases/rotate.js';
import { revokesAtOnce } from '../plan/plan.js';
import type { CaseInspection } from './case-inspection.js';

const isKnowledge = ofTypes(KNOWLEDGE);

/** Units that a sweep has to rotate: those that store what it revokes, and those that the leaver knows by now. */
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

/** Units that the leaver knows and that no action rotates, or that the leaver knows again after their rotation. */
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
 * Whether a unit has to be rotated because the leaver knows it. While a rotation waits until tokens are dead, the
 * leaver's knowledge is unchanged and another rotation would not help. A complete rotation ends all knowledge, so a
 * leaver who is known to know the unit afterwards has read the new value.
 */
function isNews(
  inspection: CaseInspection,
  unit: RotationUnit,
  rotations: ReadonlyMap<string, CaseAction>,
): boolean {
  const { view } = inspection.inspected;
  // Copies that were revoked before are not rotated.
  const living = unit.members.filter((secret) => view.isLive(secret));
  const done = living.map((secret) => rotations.get(view.idOf(secret)));
  if (done.some((rotation) => rotation === undefined)) return true;
  if (!done.every((rotation) => rotation !== undefined && isComplete(inspection, rotation))) return false;
  const who = new Set(knowers(inspection.radii.person));
  // Where a rotation was refused or waived, the knowledge is unchanged and does not concern a new value.
  const ended = unit.members.filter(
    (secret) => (rotations.get(view.idOf(secret))?.state ?? 'DONE') === 'DONE',
  );
  return ended.some((secret) => stepsInto(view, secret, isKnowledge).some(({ to }) => who.has(to)));
}

function newestRotations(actions: readonly CaseAction[]): ReadonlyMap<string, CaseAction> {
  const rotations = actions.filter(({ action }) => action.kind === 'ROTATE_SECRET');
  return new Map(rotations.map((rotation) => [rotation.action.entity, rotation]));
}

/** Whether a rotation is complete: done, with every token that it waits for dead, or with the empty secret revoked. */
export function isComplete({ inspected: { view } }: CaseInspection, { state, action }: CaseAction): boolean {
  if (state !== 'DONE') return false;
  return revokesAtOnce(action) || tokensToDie(action.details).every((id) => !view.isLive(view.numberOf(id)));
}

/** Ids of the tokens that must be dead before a rotation is complete. */
export const tokensToDie = ({ completeWhenDead = [] }: AnyDetails): readonly string[] => completeWhenDead;
