import { ofTypes, stepsOut } from '../../../graph/collect-steps.js';
import { SECRET, TOKEN } from '../../../graph/kind-codes.js';
import { CUSTODY } from '../../../graph/relationship-types.js';
import { badInput } from '../../../model/errors.js';
import { KINDS } from '../../../model/kinds.js';
import { reissued } from '../../decide/guards.js';
import type { PlanContext } from '../context.js';
import type { PlanDraft } from '../draft-plan.js';
import { confirmRuns } from '../phases/confirm.js';
import { Reissuing } from '../phases/reissue.js';
import { revoke } from '../phases/revoke.js';
import { rotate, unitsToRotate } from '../phases/rotate.js';
import { cascadeContext } from './cascade-context.js';
import type { CascadePlanning } from './cascade-plan.js';
import { cascadeRadii } from './cascade-radii.js';
import { insteadFor } from './instead.js';

const isCustody = ofTypes(CUSTODY);

/**
 * A rotated value is worth nothing only once the tokens that it gave are dead. So all that the unit stores, with
 * families and descendants, ends as if somebody who knows the unit left; what is stored there and can be issued
 * again is, whether or not a workload is known to need it, and elsewhere what is needed.
 *
 * @throws BAD_INPUT for what is no Secret
 */
export function planRotate(planning: CascadePlanning, plan: PlanDraft): void {
  const { view, target } = planning;
  if (view.kindOf(target) !== SECRET) {
    const kind = view.kindOf(target);
    throw badInput(
      `${view.idOf(target)} is a ${KINDS[kind]}; only a Secret is rotated: ${insteadFor(kind)}.`,
    );
  }
  const context = cascadeContext(planning, plan, cascadeRadii(view, target), null);
  const { radii } = context;
  const tokens = radii.cut.members.map(({ entity }) => entity);
  const ending = new Map(tokens.map((token) => [token, context.because(radii.cut.pathTo(token))]));
  new Reissuing(context, toReissue(context), () => false).plan();
  confirmRuns(context);
  revoke(context, ending);
  const unit = radii.units.of(target);
  rotate(context, { unit, because: [] }, ending);
  for (const other of unitsToRotate(context, ending, 'never'))
    if (other.unit !== unit) rotate(context, other, ending);
}

function toReissue({ view, radii, decisions }: PlanContext): number[] {
  const unit = radii.units.of(radii.start);
  const needed = new Set(reissued(view, radii, decisions.lost, new Set(), () => false));
  const isStoredHere = (token: number) =>
    stepsOut(view, token, isCustody).some(({ to }) => view.isLive(to) && radii.units.of(to) === unit);
  return radii.cut.members
    .map(({ entity }) => entity)
    .filter((entity) => view.kindOf(entity) === TOKEN && view.isLive(entity) && !decisions.lost.has(entity))
    .filter((token) => needed.has(token) || isStoredHere(token))
    .sort((a, b) => view.compare(a, b));
}
