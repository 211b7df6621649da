import type { Conflict, Reached, ReachSet } from '../../graph/answers.js';
import type { EntityNumber } from '../../graph/view.js';
import { linksOf, WayTree } from './way-tree.js';

/** As much of a set as is shown, with the ways that explain it. */
export interface ShownSet {
  /** All members, in the order of the answer. */
  readonly members: readonly Reached[];
  readonly tree: WayTree;
  /** How many members are not in the tree. */
  readonly more: number;
}

/**
 * The first `limit` members with their ways. A member on the way to one of them gets its own way too: it is
 * there already, and what stands in the tree should say what it is.
 */
export function shownSet(
  start: EntityNumber,
  set: ReachSet,
  members: readonly Reached[],
  limit: number,
): ShownSet {
  const tree = new WayTree(start);
  const shown = new Set<EntityNumber>();
  const show = (entity: EntityNumber) => {
    shown.add(entity);
    tree.add(linksOf(set.pathTo(entity), start, entity));
  };
  for (const { entity } of members.slice(0, limit)) show(entity);
  // The tree grows while it is gone through, and what it grows by is gone through as well.
  for (const entity of tree.entities) if (set.has(entity) && !shown.has(entity)) show(entity);
  return { members, tree, more: members.length - shown.size };
}

/** The first `limit` conflicts: the way to each, and below it what needs it. */
export function shownConflicts(
  start: EntityNumber,
  conflicts: readonly Conflict[],
  limit: number,
): Pick<ShownSet, 'tree' | 'more'> {
  const tree = new WayTree(start);
  const shown = conflicts.slice(0, limit);
  for (const { entity, path, workloads } of shown) {
    const links = linksOf(path, start, entity);
    tree.add(links);
    for (const to of workloads) tree.add([...links, { kind: 'neededBy', to }]);
  }
  return { tree, more: conflicts.length - shown.length };
}
