import { ENTITY_FLAGS } from '../../model/rows.js';
import type { Reached, ReachSet, Step } from '../answers.js';
import { ACCOUNT, HUMAN } from '../kind-codes.js';
import type { EntityNumber, GraphView } from '../view.js';
import { SmallestPaths } from '../walk/smallest-path.js';
import { eachReached, entityOf, startAt, stateOf, type Walk, walk } from '../walk/walk.js';

/** E(h): every live entity that the walk reaches (semantics, section 3). */
export function exposureOf(view: GraphView, start: EntityNumber): ReachSet {
  return new Exposure(view, walk(view, startAt(view, start)));
}

/** The entities of a walk that belong to an exposure, in the order in which they were reached. */
export function membersOf(view: GraphView, result: Walk): Reached[] {
  const members: Reached[] = [];
  const { start } = result;
  eachReached(result, (entity, level, distance) => {
    if (!view.isLive(entity)) return;
    if (entity === start.entity && view.kindOf(entity) === HUMAN) return;
    members.push({ entity, level, distance });
  });
  return members.filter(({ entity }) => !isUnmanaged(view, entity) || matters(view, entity));
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

/** An account that the company cannot disable. */
export function isUnmanaged(view: GraphView, entity: EntityNumber): boolean {
  return view.kindOf(entity) === ACCOUNT && (view.flagsOf(entity) & ENTITY_FLAGS.managed) === 0;
}

/** Whether the walk from an unmanaged account alone reaches anything live that is not an unmanaged account. */
export function matters(view: GraphView, account: EntityNumber): boolean {
  let found = false;
  walk(view, startAt(view, account), (state) => {
    const entity = entityOf(state);
    found = found || (view.isLive(entity) && !isUnmanaged(view, entity));
    return found;
  });
  return found;
}
