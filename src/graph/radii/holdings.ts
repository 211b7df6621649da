import { ofTypes, type StepFilter, stepsOut } from '../collect-steps.js';
import { CONSENT, DELEGATION, ISSUANCE } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import type { PathTree } from './path-tree.js';
import { type Person, pathsToAccounts, unsharedAccounts } from './person.js';
import { stopSustained } from './stop-sustained.js';

/** H(h), or another set that is stopped, and the path to each of its members. */
export interface Holdings {
  readonly members: ReadonlySet<EntityNumber>;
  readonly paths: PathTree;
}

/** The relationships along which stopping passes on: from an account to its grants and tokens, and on to theirs. */
export const passesStopping: StepFilter = ofTypes(CONSENT, ISSUANCE, DELEGATION);

/**
 * The holdings of a person: every unshared account, disabled or not, every grant one of them granted, every
 * token one of these issued and every token delegated from those, whatever the status of what lies between; and
 * whatever is sustained by the person or by what is stopped, and by nothing else (semantics, section 3, continuity).
 */
export function holdingsOf(view: GraphView, person: Person): Holdings {
  const unshared = unsharedAccounts(view, person);
  const paths = pathsToAccounts(person, (account) => unshared.includes(account));
  const members = new Set(unshared);
  follow(view, unshared, passesStopping, paths, (entity) => members.add(entity));
  stopSustained(view, person.humans, members, paths);
  return { members, paths };
}

/** Follows the accepted relationships from `from`, breadth first, and calls `take` with each entity that is new. */
export function follow(
  view: GraphView,
  from: Iterable<EntityNumber>,
  accept: StepFilter,
  paths: PathTree,
  take: (entity: EntityNumber) => void,
): void {
  const queue = [...from];
  for (let at = 0; at < queue.length; at += 1) {
    for (const step of stepsOut(view, queue[at]!, accept)) {
      if (!paths.add(step)) continue;
      take(step.to);
      queue.push(step.to);
    }
  }
}
