import { HUMAN, TOKEN } from '../../graph/kind-codes.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { ruleOf, typeOfRole } from '../../model/relationships.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import type { Millis } from '../../model/time.js';
import type { CaseAction } from '../case/case-action.js';
import type { AnyDetails } from '../plan/action-details.js';
import type { RelationshipName } from '../plan/change.js';
import { OverlayView } from '../plan/overlay-view.js';
import { opens } from '../plan/phases/copies.js';

/**
 * The graph as it would be if the case had not yet removed anything: the leaver still has shared accounts, owns tokens
 * and personal places, and knows secrets. A credential that was created over one of these while the case ran belonged
 * to the leaver too.
 */
export interface BeforeRemovalView {
  readonly view: GraphView;
  /** When the case ended the relationship; undefined for one that it did not end. */
  endedAt(from: EntityNumber, to: EntityNumber): Millis | undefined;
}

/** The view of the graph before a case removed anything. Null where it removed nothing of that kind. */
export function beforeRemovalView(
  view: GraphView,
  human: EntityNumber,
  actions: readonly CaseAction[],
): BeforeRemovalView | null {
  const leaver = view.idOf(human);
  const taken = new Map<string, { readonly name: RelationshipName; readonly at: Millis }>();
  for (const { action, state, settledAt, because } of actions) {
    if (state !== 'DONE' || settledAt === null) continue;
    const at = Date.parse(settledAt);
    const take = (name: RelationshipName) => taken.set(keyOf(view, name), { name, at });
    for (const change of action.changes)
      if (change.change === 'END' && wasTheirs(view, change.relationship)) take(change.relationship);
    const last = because.at(-1);
    // The path to a secret that was known ends at its unit; the path to one that only stored a token ends at the token.
    const { unit }: AnyDetails = action.details;
    if (action.kind === 'ROTATE_SECRET' && last !== undefined && ends(last, unit))
      take({ type: typeOfRole('KNOWLEDGE'), from: leaver, to: action.entity });
  }
  if (taken.size === 0) return null;
  const changes = [...taken.values()].map(({ name }) => opens(name.type, name.from, name.to));
  return {
    view: new OverlayView(view, changes),
    endedAt: (from, to) => taken.get(`${from} ${to}`)?.at,
  };
}

/** Whether a relationship that the case ended made something the leaver's own, and did not only give access to it. */
function wasTheirs(view: GraphView, { type, from, to }: RelationshipName): boolean {
  const [owner, thing] = [view.numberOf(from), view.numberOf(to)];
  if (owner === 0 || thing === 0) return false;
  const { role } = ruleOf(type);
  if (role === 'LOGIN') return view.kindOf(owner) === HUMAN;
  if (role !== 'OWNERSHIP') return false;
  return view.kindOf(thing) === TOKEN || (view.flagsOf(thing) & ENTITY_FLAGS.personal) !== 0;
}

function ends(step: { readonly from: string; readonly to: string }, unit: unknown): boolean {
  return Array.isArray(unit) && (unit.includes(step.from) || unit.includes(step.to));
}

const keyOf = (view: GraphView, { from, to }: RelationshipName): string =>
  `${view.numberOf(from)} ${view.numberOf(to)}`;
