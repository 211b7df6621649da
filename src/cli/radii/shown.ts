import { sensitivityRank } from '../../api/radii/flags.js';
import type { Conflict, Reached, ReachSet } from '../../graph/answers.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { type Link, linksOf, sortOf, WayTree } from './path-tree.js';

/** As much of a set as is shown, with the ways that explain it. */
export interface ShownSet {
  /** All members, in the order of the answer. */
  readonly members: readonly Reached[];
  readonly tree: WayTree;
  /** How many members are neither in the tree nor counted at the place where they would have been. */
  readonly more: number;
}

/** How much of each set is wanted. */
export interface HowMuch {
  /** Members whose ways are drawn; `Infinity`: all. */
  readonly limit: number;
  /** Of members that lie side by side and are alike, how many are drawn; the others are counted there. */
  readonly alike: number;
  /** Of the first so many in order, all are drawn, alike or not. */
  readonly always: number;
}

/** How many members are looked at for each that is drawn, before the rest only counts. */
const LOOKED_AT = 20;

/** The first members of a set with their ways, as a tree that a person can take in. */
export function shownSet(
  view: GraphView,
  start: EntityNumber,
  set: ReachSet,
  much: HowMuch,
  order: readonly Reached[],
): ShownSet {
  const tree = new WayTree(start);
  const shown = new Set<EntityNumber>();
  const likeOthers = new Map<EntityNumber, Link[]>();
  const alike = new Map<string, number>();
  const show = (entity: EntityNumber, links: readonly Link[]) => {
    shown.add(entity);
    tree.add(links);
  };
  for (const member of order.slice(0, LOOKED_AT * much.limit)) {
    if (shown.size >= much.limit) break;
    const links = linksOf(set.pathTo(member.entity), start, member.entity);
    const likeness = likenessOf(view, member, links);
    const count = (alike.get(likeness) ?? 0) + 1;
    alike.set(likeness, count);
    if (count > much.alike && shown.size >= much.always) likeOthers.set(member.entity, links);
    else show(member.entity, links);
  }
  // A member on the way to another is in the tree already, and what stands there should say what it is.
  // The tree grows while it is gone through, and what it grows by is gone through as well.
  for (const entity of tree.entities) {
    if (!set.has(entity) || shown.has(entity)) continue;
    show(entity, linksOf(set.pathTo(entity), start, entity));
  }
  let counted = 0;
  for (const [entity, links] of likeOthers) {
    if (!shown.has(entity) && tree.leaveOut(links)) counted += 1;
  }
  return { members: order, tree, more: order.length - shown.size - counted };
}

/** Two members with one likeness hang on the same entity by the same relationship and are as dangerous. */
function likenessOf(view: GraphView, { entity, level }: Reached, links: readonly Link[]): string {
  const last = links.at(-1);
  const parent = links.at(-2)?.to ?? 0;
  const sort = last === undefined ? '' : sortOf(last);
  return [parent, sort, view.kindOf(entity), level, sensitivityRank(view, entity)].join('|');
}

/** The first conflicts: the way to each, and below it what needs it. */
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
