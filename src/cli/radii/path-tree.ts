import type { Permission, RelationshipType } from '../../documents/generated/graphql.js';
import type { Shown, Step } from './shapes.js';

/** How one gets to the next entity of a path. */
export type Link =
  | {
      readonly kind: 'step';
      readonly to: Shown;
      readonly type: RelationshipType;
      readonly permission: Permission | null;
      /** Whether the step goes against the arrow of the relationship. */
      readonly against: boolean;
    }
  /** Tokens of one family, which no relationship shows. */
  | { readonly kind: 'family'; readonly to: Shown }
  /** One of several people who are asked about at once, where the ways from this one begin. */
  | { readonly kind: 'person'; readonly to: Shown }
  /** Not on the way to it, but what needs it. */
  | { readonly kind: 'neededBy'; readonly to: Shown };

/** An entity at a place in the tree: at the end of one way, and on the way of those below it. */
export interface PathNode {
  readonly entity: Shown;
  /** null: the start. */
  readonly link: Link | null;
  /** Whether a way ends here, rather than only lead through. */
  ends: boolean;
  /** How many more entities lie one link further that are left out for being like others there; by link. */
  readonly leftOut: Map<string, LeftOut>;
  readonly children: Map<string, PathNode>;
}

/** Entities that are counted and not drawn. */
export interface LeftOut {
  readonly link: Link;
  count: number;
}

/**
 * Ways from one start, folded where they begin alike. Branches come in the order in which ways were added: what
 * is added first is reached by the first branches.
 */
export class PathTree {
  readonly root: PathNode;
  private readonly seen = new Map<string, Shown>();

  constructor(start: Shown) {
    this.root = nodeOf(start, null);
    this.seen.set(start.id, start);
  }

  /** Every entity in the tree, by id. */
  get entities(): ReadonlyMap<string, Shown> {
    return this.seen;
  }

  add(links: readonly Link[]): void {
    let at = this.root;
    for (const link of links) {
      const key = keyOf(link);
      let next = at.children.get(key);
      if (next === undefined) {
        next = nodeOf(link.to, link);
        at.children.set(key, next);
        this.seen.set(link.to.id, link.to);
      }
      at = next;
    }
    at.ends = true;
  }

  /** Counts a way that is not drawn where it would have left the tree; false where that place is not in it. */
  leaveOut(links: readonly Link[]): boolean {
    const last = links.at(-1);
    const node = nodeBefore(this.root, links);
    if (last === undefined || node === undefined) return false;
    const key = sortOf(last);
    const known = node.leftOut.get(key);
    if (known === undefined) node.leftOut.set(key, { link: last, count: 1 });
    else known.count += 1;
    return true;
  }
}

/** The node at which a way's last link begins, if the tree has it. */
function nodeBefore(root: PathNode, links: readonly Link[]): PathNode | undefined {
  let at: PathNode | undefined = root;
  for (const link of links.slice(0, -1)) at = at?.children.get(keyOf(link));
  return at;
}

function nodeOf(entity: Shown, link: Link | null): PathNode {
  return { entity, link, ends: false, leftOut: new Map(), children: new Map() };
}

const keyOf = (link: Link): string => `${sortOf(link)} ${link.to.id}`;

/** What a link is, wherever it leads. */
export function sortOf(link: Link): string {
  if (link.kind !== 'step') return link.kind;
  return `${link.type} ${link.permission ?? ''}${link.against ? '<' : '>'}`;
}

/** A step of a path as a link. */
export function linkOf({ from, relationship, to }: Step): Link {
  const { type, permission } = relationship;
  return { kind: 'step', to, type, permission, against: relationship.from.id !== from.id };
}

/** The id of a start that stands for several people. No entity has it. */
export const TOGETHER = '';

/**
 * The links along the steps that explain `target`. Where the steps leave off at one token and go on, or end,
 * at another, it is the family that leads there.
 */
export function linksOf(steps: readonly Step[], start: Pick<Shown, 'id'>, target: Shown): Link[] {
  const links: Link[] = [];
  let at = start.id;
  for (const step of steps) {
    if (step.from.id !== at) links.push({ kind: at === TOGETHER ? 'person' : 'family', to: step.from });
    links.push(linkOf(step));
    at = step.to.id;
  }
  if (at !== target.id) links.push({ kind: 'family', to: target });
  return links;
}
