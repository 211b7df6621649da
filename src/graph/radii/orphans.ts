import type { ReachSet, Step } from '../answers.js';
import { ofTypes, type StepFilter, stepsOut } from '../collect-steps.js';
import { GROUP, SERVICE_IDENTITY } from '../kind-codes.js';
import { CONTAINMENT, MEMBERSHIP, OWNERSHIP } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { Accountability, mustBeAnsweredFor } from './accountability.js';
import { isAdministration, isLeftToAdministrators } from './administrators.js';
import { type PathTree, PathTreeSet } from './path-tree.js';
import { absenceOf, type Person, pathsToAccounts } from './person.js';

const owns = ofTypes(OWNERSHIP);
const belongs = ofTypes(MEMBERSHIP);
const contains = ofTypes(CONTAINMENT);
const ownsOrBelongs = ofTypes(OWNERSHIP, MEMBERSHIP);
const answering: StepFilter = Object.assign(
  (code: number, to: EntityNumber) => ownsOrBelongs(code, to) || isAdministration(code, to),
  { wanted: { types: ownsOrBelongs.wanted.types | isAdministration.wanted.types } },
);

/**
 * O(h): the things for which somebody answers while the person is here, and nobody once the person is gone (semantics,
 * section 3). A thing for which the person has no part in answering cannot become an orphan. So the search first goes
 * forward from the person, and then checks only the things that it finds.
 */
export function orphansOf(view: GraphView, person: Person): ReachSet {
  const gone = new Accountability(view, absenceOf(person));
  const isOrphan = (thing: EntityNumber) => mustBeAnsweredFor(view, thing) && !gone.isAnsweredFor(thing);
  const { owned, administered, principals } = thingsOf(view, person);
  const found = new Map<EntityNumber, Step>();
  for (const step of owned) if (!found.has(step.to) && isOrphan(step.to)) found.set(step.to, step);
  const within = followContainment(view, administered);
  for (const [resource, step] of within) {
    if (isLeftToAdministrators(view, resource) && isOrphan(resource)) found.set(resource, step);
  }
  return new PathTreeSet(view, found.keys(), {
    pathTo: (thing) => {
      const steps: Step[] = [];
      let step = found.get(thing);
      for (; step !== undefined; step = contains(step.code, step.to) ? within.get(step.from) : undefined) {
        steps.unshift(step);
      }
      const [first] = steps;
      // The owner of a group does not answer through it, so the path to the group's things comes from its members.
      return first === undefined ? [] : [...principals.pathTo(first.from), ...steps];
    },
  });
}

/** What a person has a part in answering for. */
interface Things {
  /** The steps to what the principals own, in the order in which they were found. */
  readonly owned: readonly Step[];
  /** The steps to what they administer. */
  readonly administered: readonly Step[];
  /** The paths to the groups and identities that answer because the person does. */
  readonly principals: PathTree;
}

function thingsOf(view: GraphView, person: Person): Things {
  const principals = pathsToAccounts(person);
  const owned: Step[] = [];
  const administered: Step[] = [];
  const queue: EntityNumber[] = [...person.humans, ...person.accounts];
  // Each group or identity that answers is followed once. A group that is only owned does not answer by that.
  const walked = new Set(queue);
  for (let at = 0; at < queue.length; at += 1) {
    for (const step of stepsOut(view, queue[at]!, answering)) {
      if (owns(step.code, step.to)) owned.push(step);
      else if (!belongs(step.code, step.to)) administered.push(step);
      if (walked.has(step.to) || !answersBy(view, step)) continue;
      walked.add(step.to);
      principals.add(step);
      queue.push(step.to);
    }
  }
  return { owned, administered, principals };
}

/** The step to each Resource that is administered, or contained at any depth in one that is. */
function followContainment(view: GraphView, administered: readonly Step[]): Map<EntityNumber, Step> {
  const within = new Map<EntityNumber, Step>();
  for (const step of administered) if (!within.has(step.to)) within.set(step.to, step);
  for (const resource of within.keys()) {
    for (const step of stepsOut(view, resource, contains)) {
      if (!within.has(step.to)) within.set(step.to, step);
    }
  }
  return within;
}

/** Whether the end of a step answers because its start does: a live group by a member, a live identity by an owner. */
function answersBy(view: GraphView, step: Step): boolean {
  if (!view.isLive(step.to)) return false;
  const kind = view.kindOf(step.to);
  if (owns(step.code, step.to)) return kind === SERVICE_IDENTITY;
  return belongs(step.code, step.to) && kind === GROUP;
}
