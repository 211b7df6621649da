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
  readonly children: Map<string, WayNode>;
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
}

function nodeOf(entity: EntityNumber, link: Link | null): WayNode {
  return { entity, link, ends: false, children: new Map() };
}

function keyOf(link: Link): string {
  return link.kind === 'step'
    ? `${codeIdentity(link.code)}${link.against ? '<' : '>'}${link.to}`
    : `${link.kind}${link.to}`;
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
