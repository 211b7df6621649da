import type { GraphView } from '../../graph/view.js';
import { isLiveStatus, KINDS, type Kind } from '../../model/kinds.js';
import { ruleOf } from '../../model/relationships.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import type { Check } from '../case/verification.js';
import type { Change } from '../plan/change.js';
import { isOpen } from '../plan/is-open.js';
import type { CaseInspection } from './case-inspection.js';
import { count } from './check-residue.js';
import { isComplete } from './to-rotate.js';

/** Something that a case ended and that is live or open again. */
export interface Undone {
  readonly entity: string;
  readonly action: CaseAction;
  readonly why: string;
}

/** Everything that the case ended and that a source has shown live or open since. */
export function undoneSince(inspection: CaseInspection): Undone[] {
  const { view, actions } = inspection.inspected;
  const last = new Map<string, { readonly change: Change; readonly action: CaseAction }>();
  for (const action of actions) {
    if (action.state !== 'DONE') continue;
    // What is rotated may still have to become REVOKED once what it stored is dead.
    const waits = action.action.kind === 'ROTATE_SECRET' && !isComplete(inspection, action);
    for (const change of action.action.changes)
      if (!waits || change.change !== 'SET_STATUS') last.set(nameOf(change), { change, action });
  }
  return [...last.values()].flatMap(({ change, action }) => {
    const why = whyUndone(view, change);
    return why === null ? [] : [{ entity: entityOf(change, action), action, why }];
  });
}

/** I6: all actions are settled, each has an idempotency key of its own, and doing them again would change nothing. */
export function checkSettled(inspection: CaseInspection, undone: readonly Undone[]): Check {
  const { actions } = inspection.inspected;
  // Phase 7 is left out because this check is a part of it.
  const unsettled = actions.filter((action) => !isSettled(action) && action.action.phase !== 7);
  const keys = new Map<string, string>();
  const twice = actions.filter(({ idempotencyKey, action }) => {
    const before = keys.get(idempotencyKey);
    keys.set(idempotencyKey, action.id);
    return before !== undefined;
  });
  const against = [
    ...unsettled.map(({ action }) => action.id),
    ...twice.map(({ action }) => action.id),
    ...undone.map(({ entity }) => entity),
  ];
  const evidence =
    `${count(actions.length, 'action has', 'actions have')} ${keys.size} idempotency keys; ` +
    `${unsettled.length} not settled; carrying them out again would end ${undone.length} things that are there again.`;
  return { invariant: 'I6', holds: against.length === 0, evidence, against: [...new Set(against)] };
}

function whyUndone(view: GraphView, change: Change): string | null {
  if (change.change === 'SET_STATUS') {
    const entity = view.numberOf(change.entity);
    const kind = KINDS[view.kindOf(entity)] as Kind | undefined;
    // A person who is back is a rehire, which leaves the case as it is.
    if (kind === undefined || kind === 'Human' || isLiveStatus(kind, change.status) || !view.isLive(entity))
      return null;
    return 'It was ended, and its source shows it alive since.';
  }
  if (change.change !== 'END' || !isOpen(view, change.relationship)) return null;
  const { type, from, to } = change.relationship;
  // People who read a secret after its rotation know the new value. What the leaver knows is checked by the exposure.
  if (ruleOf(type).role === 'KNOWLEDGE') return null;
  return `${type} from ${from} to ${to} was ended, and a source shows it since.`;
}

/** The entity to report for a change: the one whose status was set, else that of the action. */
function entityOf(change: Change, { action }: CaseAction): string {
  return change.change === 'SET_STATUS' ? change.entity : action.entity;
}

function nameOf(change: Change): string {
  if (change.change === 'SET_STATUS') return change.entity;
  if (change.change === 'CREATE') return change.entity.id;
  const { type, from, to, permission } = change.relationship;
  return JSON.stringify([type, from, to, permission ?? null]);
}
