import { ACCOUNT, SECRET } from '../../graph/kind-codes.js';
import type { PersonRadii } from '../../graph/radii/radii.js';
import type { GraphView } from '../../graph/view.js';
import { holdersOf } from '../decide/carrier.js';
import type { Action, PlannedDecision } from './plan.js';

/** Something that the plan leaves as it is and mentions: a residual entry of the kind NOTED. */
export interface Noted {
  readonly entity: string;
  /** A sentence for people. */
  readonly why: string;
}

/**
 * Secrets that the leaver could have read and is not known to know, and that nothing else rotates (semantics,
 * section 4, `rotateReadable`). In order of id.
 */
export function notedOf(
  view: GraphView,
  radii: Pick<PersonRadii, 'exposure' | 'person'>,
  actions: readonly Action[],
): Noted[] {
  const who = radii.person.starts.map((start) => view.idOf(start)).join(' or ');
  const rotated = new Set(actions.filter(({ kind }) => kind === 'ROTATE_SECRET').map(({ entity }) => entity));
  return radii.exposure.members
    .map(({ entity }) => entity)
    .filter((entity) => view.kindOf(entity) === SECRET && !rotated.has(view.idOf(entity)))
    .sort((a, b) => view.compare(a, b))
    .map((secret) => ({
      entity: view.idOf(secret),
      why: `${who} could have read it, is not known to, and the policy does not rotate it for that.`,
    }));
}

/** Workloads that are re-homed to the account of a person, and so stand on a person again. In order of id. */
export function standingOnPersons(view: GraphView, decisions: readonly PlannedDecision[]): Noted[] {
  return decisions.flatMap(({ entity, action, managedIdentity }) => {
    const account = action === 'REHOME' && managedIdentity !== null ? view.numberOf(managedIdentity) : 0;
    if (view.kindOf(account) !== ACCOUNT) return [];
    const who = holdersOf(view, account).map((human) => view.idOf(human));
    const why = `It stands on a person again: it is re-homed to ${managedIdentity}, the account of ${who.join(' and ')}.`;
    return [{ entity, why }];
  });
}
