import { ofTypes } from '../../../graph/collect-steps.js';
import { ACCESS, READING } from '../../../graph/relationship-types.js';
import type { EntityNumber } from '../../../graph/view.js';
import type { Change } from '../change.js';
import type { PlanContext } from '../context.js';

const carries = ofTypes(ACCESS, READING);

/** Changes that give a replacement the same access that an entity has by itself, and no more. */
export function copiedAccess(context: PlanContext, of: EntityNumber, to: string): Change[] {
  const changes: Change[] = [];
  context.view.eachOut(of, (target, code) => {
    if (!carries(code, target)) return;
    const name = context.relationship(of, target, code);
    changes.push({ change: 'OPEN', relationship: { ...name, from: to, ...context.facts.detailsOf(name) } });
  });
  return changes.sort(byRelationship);
}

/** Orders changes of relationships, so that the order of the view does not matter. */
function byRelationship(a: Change, b: Change): number {
  return nameOf(a) < nameOf(b) ? -1 : 1;
}

function nameOf(change: Change): string {
  if (change.change !== 'OPEN' && change.change !== 'END') return '';
  const { type, from, to, permission } = change.relationship;
  return JSON.stringify([type, from, to, permission ?? '']);
}

/** `type` from one id to another, opened; with `sustains` where one end is to end with the other. */
export function opens(
  type: Extract<Change, { change: 'OPEN' }>['relationship']['type'],
  from: string,
  to: string,
  sustains = false,
): Change {
  const name = { type, from, to };
  return { change: 'OPEN', relationship: sustains ? { ...name, sustains } : name };
}
