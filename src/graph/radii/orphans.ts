import type { ReachSet, Step } from '../answers.js';
import { ofTypes, stepsOut } from '../collect-steps.js';
import { GROUP, SERVICE_IDENTITY } from '../kind-codes.js';
import { MEMBERSHIP, OWNERSHIP } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { Accountability, mustBeAnsweredFor } from './accountability.js';
import { PathTreeSet } from './path-tree.js';
import { type Person, pathsToAccounts } from './person.js';

const owns = ofTypes(OWNERSHIP);
const ownsOrBelongs = ofTypes(OWNERSHIP, MEMBERSHIP);

/**
 * O(h): the things for which somebody answers while the person is here, and nobody once the person is gone (semantics,
 * section 3). A thing for which the person has no part in answering cannot become an orphan. So the search first goes
 * forward from the person, and then checks only the things that it finds.
 */
export function orphansOf(view: GraphView, person: Person): ReachSet {
  const answering = pathsToAccounts(person);
  const gone = new Accountability(view, {
    human: person.human,
    account: person.human === 0 ? person.start : 0,
    standsFor: person.standsFor,
  });
  const owned = new Map<EntityNumber, Step>();
  const queue: EntityNumber[] = [...(person.human === 0 ? [] : [person.human]), ...person.accounts];
  // Each group or identity that answers is followed once. A group that is only owned does not answer by that.
  const walked = new Set(queue);
  for (let at = 0; at < queue.length; at += 1) {
    for (const step of answeringSteps(view, queue[at]!)) {
      if (owns(step.code, step.to) && mustBeAnsweredFor(view, step.to) && !gone.isAnsweredFor(step.to)) {
        if (!owned.has(step.to)) owned.set(step.to, step);
      }
      if (!walked.has(step.to) && answersBy(view, step)) {
        walked.add(step.to);
        answering.add(step);
        queue.push(step.to);
      }
    }
  }
  // The owner of a group does not answer through it, so the path to the group's things comes from its members.
  const pathTo = (thing: EntityNumber): Step[] => {
    const last = owned.get(thing);
    return last === undefined ? [] : [...answering.pathTo(last.from), last];
  };
  return new PathTreeSet(view, owned.keys(), { pathTo });
}

/** The steps from a principal that answers to what it owns and the groups that it belongs to. */
function answeringSteps(view: GraphView, principal: EntityNumber): Step[] {
  return stepsOut(view, principal, ownsOrBelongs);
}

/** Whether the end of a step answers because its start does: a live group by a member, a live identity by an owner. */
function answersBy(view: GraphView, step: Step): boolean {
  if (!view.isLive(step.to)) return false;
  const kind = view.kindOf(step.to);
  return owns(step.code, step.to) ? kind === SERVICE_IDENTITY : kind === GROUP;
}
