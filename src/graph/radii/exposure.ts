import type { Reached, ReachSet, Step } from '../answers.js';
import { HUMAN } from '../kind-codes.js';
import type { EntityNumber, GraphView } from '../view.js';
import { SmallestPaths } from '../walk/smallest-path.js';
import { eachReached, startAt, stateOf, type Walk, walk } from '../walk/walk.js';
import { spentIn } from './spent.js';

/** E(h): every effective entity that the walk reaches and that is not spent (semantics, section 3). */
export function exposureOf(view: GraphView, start: EntityNumber): ReachSet {
  return new Exposure(view, walk(view, startAt(view, start)));
}

/** The entities of a walk that belong to an exposure, in the order in which they were reached. */
export function membersOf(view: GraphView, result: Walk): Reached[] {
  const members: Reached[] = [];
  const { start } = result;
  const spent = spentIn(view);
  eachReached(result, (entity, level, distance) => {
    if (!view.isEffective(entity) || spent.has(entity)) return;
    if (entity === start.entity && view.kindOf(entity) === HUMAN) return;
    members.push({ entity, level, distance });
  });
  return members;
}

class Exposure implements ReachSet {
  readonly members: readonly Reached[];
  private readonly byEntity = new Map<EntityNumber, Reached>();
  private readonly paths: SmallestPaths;

  constructor(view: GraphView, result: Walk) {
    this.members = membersOf(view, result).sort(
      (a, b) => a.distance - b.distance || view.compare(a.entity, b.entity),
    );
    for (const member of this.members) this.byEntity.set(member.entity, member);
    this.paths = new SmallestPaths(view, result);
  }

  has(entity: EntityNumber): boolean {
    return this.byEntity.has(entity);
  }

  pathTo(entity: EntityNumber): Step[] {
    const member = this.byEntity.get(entity);
    return member === undefined ? [] : this.paths.to(stateOf(entity, member.level));
  }
}
