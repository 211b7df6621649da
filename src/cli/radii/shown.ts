import { sensitivityRank } from './danger.js';
import { type Link, linksOf, PathTree, sortOf } from './path-tree.js';
import type { Conflict, Reach, Shown } from './shapes.js';

/** As much of a set as is shown, with the paths that explain it. */
export interface ShownSet {
  /** All members, in the order in which they are shown. */
  readonly members: readonly Reach[];
  readonly tree: PathTree;
  /** Members that are neither drawn nor part of a count of similar members. */
  readonly more: number;
}

/** How much of each set is wanted. */
export interface HowMuch {
  /** Members whose paths are drawn; `Infinity`: all. */
  readonly limit: number;
  /** Of members that lie side by side and are alike, how many are drawn; the others are counted there. */
  readonly alike: number;
  /** The first `always` members are drawn even if similar ones stand beside them. */
  readonly always: number;
}

/** How many members are looked at for each that is drawn, before the rest only counts. */
const LOOKED_AT = 20;

/**
 * The first members of a set with their paths, as a tree that a person can take in.
 *
 * @param members in the order in which they are shown
 */
export function shownSet(start: Shown, members: readonly Reach[], much: HowMuch): ShownSet {
  const tree = new PathTree(start);
  const byId = new Map(members.map((member) => [member.entity.id, member]));
  const shown = new Set<string>();
  const likeOthers = new Map<string, Link[]>();
  const alike = new Map<string, number>();
  const show = ({ entity }: Reach, links: readonly Link[]) => {
    shown.add(entity.id);
    tree.add(links);
  };
  for (const member of members.slice(0, LOOKED_AT * much.limit)) {
    if (shown.size >= much.limit) break;
    const links = linksOf(member.path, start, member.entity);
    const likeness = likenessOf(member, links);
    const count = (alike.get(likeness) ?? 0) + 1;
    alike.set(likeness, count);
    if (count > much.alike && shown.size >= much.always) likeOthers.set(member.entity.id, links);
    else show(member, links);
  }
  // A member on the way to another is in the tree already, and what stands there should say what it is.
  // The tree grows while it is gone through, and what it grows by is gone through as well.
  for (const id of tree.entities.keys()) {
    const member = byId.get(id);
    if (member === undefined || shown.has(id)) continue;
    show(member, linksOf(member.path, start, member.entity));
  }
  let counted = 0;
  for (const [id, links] of likeOthers) {
    if (!shown.has(id) && tree.leaveOut(links)) counted += 1;
  }
  return { members, tree, more: members.length - shown.size - counted };
}

/** Two members with one likeness hang on the same entity by the same relationship and are as dangerous. */
function likenessOf({ entity, permission, held }: Reach, links: readonly Link[]): string {
  const last = links.at(-1);
  const parent = links.at(-2)?.to.id ?? '';
  const sort = last === undefined ? '' : sortOf(last);
  return [parent, sort, entity.kind, permission, held, sensitivityRank(entity)].join('|');
}

/** The first conflicts: the path to each, and below it what needs it. */
export function shownConflicts(
  start: Shown,
  conflicts: readonly Conflict[],
  limit: number,
): Pick<ShownSet, 'tree' | 'more'> {
  const tree = new PathTree(start);
  const shown = conflicts.slice(0, limit);
  for (const { entity, path, workloads } of shown) {
    const links = linksOf(path, start, entity);
    tree.add(links);
    for (const to of workloads) tree.add([...links, { kind: 'neededBy', to }]);
  }
  return { tree, more: conflicts.length - shown.length };
}
