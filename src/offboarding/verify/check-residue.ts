import { isLiveStatus, KINDS, type Kind } from '../../model/kinds.js';
import { briefly, type Unknown } from '../../model/unknown.js';
import type { Check } from '../case/verification.js';
import type { CaseInspection } from './case-inspection.js';

/** I1: the exposure of the leaver is empty; in a case about one thing, everything that should have ended is dead. */
export function checkResidue(inspection: CaseInspection, unknown: readonly Unknown[]): Check {
  return inspection.human === 0 ? targetsAreDead(inspection) : exposureIsEmpty(inspection, unknown);
}

function exposureIsEmpty({ inspected: { view }, radii }: CaseInspection, unknown: readonly Unknown[]): Check {
  const against = radii.exposure.members.map(({ entity }) => view.idOf(entity));
  const evidence =
    against.length === 0
      ? `From ${view.idOf(radii.start)} ${briefly('WALK_ENDS', unknown)}.`
      : `The walk from ${view.idOf(radii.start)} still reaches ${count(against.length, 'live entity', 'live entities')}.`;
  return { invariant: 'I1', holds: against.length === 0, evidence, against };
}

function targetsAreDead({ inspected: { view, actions } }: CaseInspection): Check {
  const ended = new Set<string>();
  for (const { action } of actions) {
    if (action.kind === 'REVOKE_TOKEN') ended.add(action.entity);
    for (const change of action.changes) {
      if (change.change !== 'SET_STATUS') continue;
      const kind = KINDS[view.kindOf(view.numberOf(change.entity))] as Kind | undefined;
      if (kind !== undefined && !isLiveStatus(kind, change.status)) ended.add(change.entity);
    }
  }
  const against = [...ended].filter((id) => view.isLive(view.numberOf(id)));
  const evidence = `Of ${count(ended.size, 'thing', 'things')} that the case was to end, ${against.length} ${
    against.length === 1 ? 'is' : 'are'
  } live.`;
  return { invariant: 'I1', holds: against.length === 0, evidence, against };
}

/** A number with its noun, in the singular or the plural. */
export const count = (number: number, one: string, many: string): string =>
  `${number} ${number === 1 ? one : many}`;
