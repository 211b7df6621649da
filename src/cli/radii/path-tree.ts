import type { Step } from '../../graph/answers.js';
import type { EntityNumber } from '../../graph/view.js';
import { codeIdentity } from '../../model/rows.js';

/** How one gets to the next entity of a way. */
export type Link =
  | { readonly kind: 'step'; readonly to: EntityNumber; readonly code: number; readonly against: boolean }
  /** Tokens of one family, which no relationship shows. */
  | { readonly kind: 'family'; readonly to: EntityNumber }
  /** Not on the way to it, but what needs it. */
  | { readonly kind: 'neededBy'; readonly to: EntityNumber };

/** An entity at a place in the tree: at the end of one way, and on the way of those below it. */
export interface WayNode {
  readonly entity: EntityNumber;
  /** null: the start. */
  readonly link: Link | null;
  /** Whether a way ends here, rather than only lead through. */
  ends: boolean;
  /** How many more entities lie one link further that are left out for being like others there; by link. */
  readonly leftOut: Map<string, LeftOut>;
  readonly children: Map<string, WayNode>;
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
export class WayTree {
  readonly root: WayNode;
  private readonly seen = new Set<EntityNumber>();

  constructor(start: EntityNumber) {
    this.root = nodeOf(start, null);
    this.seen.add(start);
  }

  /** Every entity in the tree. */
  get entities(): ReadonlySet<EntityNumber> {
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
        this.seen.add(link.to);
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
function nodeBefore(root: WayNode, links: readonly Link[]): WayNode | undefined {
  let at: WayNode | undefined = root;
  for (const link of links.slice(0, -1)) at = at?.children.get(keyOf(link));
  return at;
}

function nodeOf(entity: EntityNumber, link: Link | null): WayNode {
  return { entity, link, ends: false, leftOut: new Map(), children: new Map() };
}

const keyOf = (link: Link): string => `${sortOf(link)}${link.to}`;

/** What a link is, wherever it leads. */
export function sortOf(link: Link): string {
  return link.kind === 'step' ? `${codeIdentity(link.code)}${link.against ? '<' : '>'}` : link.kind;
}

/**
 * The links along the steps that explain `target`. Where the steps leave off at one token and go on, or end,
 * at another, it is the family that leads there.
 */
export function linksOf(steps: readonly Step[], start: EntityNumber, target: EntityNumber): Link[] {
  const links: Link[] = [];
  let at = start;
  for (const { from, to, code, against } of steps) {
    if (from !== at) links.push({ kind: 'family', to: from });
    links.push({ kind: 'step', to, code, against });
    at = to;
  }
  if (at !== target) links.push({ kind: 'family', to: target });
  return links;
}
