import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { OWNERSHIP } from '../../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../../graph/view.js';
import { badInput } from '../../../model/errors.js';
import { KINDS } from '../../../model/kinds.js';
import { isAllowedPair, typeOfRole } from '../../../model/relationships.js';
import type { PlanDraft } from '../draft-plan.js';
import { opens } from '../phases/copies.js';
import { cascadeContext } from './cascade-context.js';
import type { CascadePlanning } from './cascade-plan.js';
import { cascadeRadii } from './cascade-radii.js';

const isOwnership = ofTypes(OWNERSHIP);

/** @throws BAD_INPUT where the one does not own it or the other cannot */
export function planTransfer(planning: CascadePlanning, plan: PlanDraft): void {
  const { view, target, about } = planning;
  if (about.kind !== 'TRANSFER') return;
  const [from, to] = [view.numberOf(about.from), view.numberOf(about.to)];
  const id = view.idOf(target);
  const owning =
    from === 0 ? [] : stepsOut(view, from, (code, thing) => isOwnership(code, thing) && thing === target);
  if (owning.length === 0) {
    throw badInput(`${about.from} does not own ${id}; ${ownersOf(view, target)}.`);
  }
  const type = typeOfRole('OWNERSHIP');
  const mayOwn = to !== 0 && isAllowedPair(type, KINDS[view.kindOf(to)]!, KINDS[view.kindOf(target)]!);
  if (!mayOwn || to === from || to === target || !view.isLive(to)) {
    throw badInput(
      `${about.to} cannot take over ${id}; give the id of a live human, account, group or service identity.`,
    );
  }
  const context = cascadeContext(planning, plan, cascadeRadii(view, target), null);
  plan.add({
    phase: 6,
    kind: 'TRANSFER_OWNERSHIP',
    entity: id,
    source: context.source(target),
    changes: [
      ...owning.map(({ code }) => ({
        change: 'END' as const,
        relationship: context.relationship(from, target, code),
      })),
      opens(type, about.to, id),
    ],
    details: { to: about.to },
    because: context.because(owning),
  });
}

/** How many owners a message names. */
const NAMED = 10;

function ownersOf(view: GraphView, thing: EntityNumber): string {
  const owners = stepsInto(view, thing, isOwnership).map(({ to }) => view.idOf(to));
  if (owners.length === 0) return 'nobody does';
  const more = owners.length > NAMED ? `, and ${owners.length - NAMED} more` : '';
  return `name one of its owners: ${owners.slice(0, NAMED).join(', ')}${more}`;
}
