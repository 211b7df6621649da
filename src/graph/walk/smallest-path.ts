import type { Level } from '../../model/levels.js';
import { codeType } from '../../model/rows.js';
import type { Step } from '../answers.js';
import { HUMAN } from '../kind-codes.js';
import { TYPE_RANK } from '../relationship-types.js';
import type { GraphView } from '../view.js';
import { entityOf, levelOfState, type State, stateOf, type Walk } from './walk.js';
import { eachStep, eachStepBack, levelAfter } from './walk-rules.js';

/** Only relationships that the walk has already seen: the path lies within the walk. */
const ONLY_SEEN = true;

/** One step of a walk, between two of its states. */
export interface Link {
  readonly from: State;
  readonly to: State;
  readonly code: number;
  readonly against: boolean;
}

/**
 * Finds, among the shortest paths of a walk to a state, the smallest by the sequence of (relationship type, entity id).
 * A path is computed when it is asked for: a walk reaches far more entities than anybody looks at.
 */
export class SmallestPaths {
  private depthOf: Map<State, number> | undefined;
  /** The links into a state, computed once: the paths to many entities share their first steps. */
  private readonly linksInto = new Map<State, readonly Link[]>();

  constructor(
    private readonly view: GraphView,
    private readonly walk: Walk,
  ) {}

  /** The steps from the start to `target`; none where the walk did not reach it. */
  to(target: State): Step[] {
    const depthOf = this.depths();
    const depth = depthOf.get(target);
    if (depth === undefined) return [];
    const links = this.linksBack(target, depth, depthOf);
    const { entity, level } = this.walk.start;
    return smallestPath(this.view, stateOf(entity, level), depth, (state) => links.get(state) ?? []);
  }

  private depths(): Map<State, number> {
    if (this.depthOf === undefined) {
      this.depthOf = new Map();
      const { states, depths } = this.walk;
      for (let depth = 0; depth + 1 < depths.length; depth += 1) {
        for (let at = depths[depth]!; at < depths[depth + 1]!; at += 1) this.depthOf.set(states[at]!, depth);
      }
    }
    return this.depthOf;
  }

  /** All links that lie on a shortest path to the target, by the state that they start from. */
  private linksBack(target: State, depth: number, depthOf: Map<State, number>): Map<State, Link[]> {
    const links = new Map<State, Link[]>();
    let layer = [target];
    for (let at = depth - 1; at >= 0; at -= 1) {
      const earlier: State[] = [];
      for (const link of layer.flatMap((to) => this.linksTo(to, at, depthOf))) {
        const known = links.get(link.from);
        if (known !== undefined) known.push(link);
        else {
          links.set(link.from, [link]);
          earlier.push(link.from);
        }
      }
      layer = earlier;
    }
    return links;
  }

  /** The links into a state from the states one step nearer to the start. */
  private linksTo(to: State, depth: number, depthOf: Map<State, number>): readonly Link[] {
    const known = this.linksInto.get(to);
    if (known !== undefined) return known;
    const { view } = this;
    const entity = entityOf(to);
    const wanted = levelOfState(to);
    const links: Link[] = [];
    eachStepBack(
      view,
      entity,
      wanted,
      (near, lowest, code, against) => {
        for (let level: Level = lowest; level <= 3; level = (level + 1) as Level) {
          const from = stateOf(near, level);
          if (depthOf.get(from) !== depth) continue;
          if (levelAfter(view, near, level, entity, code, against) === wanted) {
            links.push({ from, to, code, against });
          }
        }
      },
      ONLY_SEEN,
    );
    if (depth === 0) this.eachLinkFromStart(to, (link) => links.push(link));
    this.linksInto.set(to, links);
    return links;
  }

  /** The links from a start that is not effective but counts as live: {@link eachStepBack} does not give them. */
  private eachLinkFromStart(to: State, each: (link: Link) => void): void {
    const { view } = this;
    const { entity, level, asLive } = this.walk.start;
    if (!asLive || view.isEffective(entity) || view.kindOf(entity) === HUMAN) return;
    eachStep(view, entity, level, true, (next, given, code, against) => {
      if (stateOf(next, given) === to) each({ from: stateOf(entity, level), to, code, against });
    });
  }
}

/**
 * The smallest path along links from a start. It goes forward one step at a time, and keeps all states whose sequence
 * of steps so far is the smallest.
 *
 * @param depth the number of steps of the path
 * @param linksOf gives the links from a state that lie on a shortest path to the target
 */
export function smallestPath(
  view: GraphView,
  start: State,
  depth: number,
  linksOf: (state: State) => readonly Link[],
): Step[] {
  let current: State[] = [start];
  const cameBy: Map<State, Link>[] = [];
  for (let at = 0; at < depth; at += 1) {
    const chosen = smallestLinks(view, current.flatMap(linksOf));
    cameBy.push(chosen);
    current = [...chosen.keys()];
  }
  return backtrack(cameBy, current);
}

/** The links with the smallest (type, id), by the state that they lead to. */
function smallestLinks(view: GraphView, links: readonly Link[]): Map<State, Link> {
  const chosen = new Map<State, Link>();
  let best: Link | undefined;
  for (const link of links) {
    const order = best === undefined ? -1 : compareLinks(view, link, best);
    if (order > 0) continue;
    if (order < 0) {
      chosen.clear();
      best = link;
    }
    const known = chosen.get(link.to);
    if (known === undefined || isShownBefore(link, known)) chosen.set(link.to, link);
  }
  return chosen;
}

/**
 * Whether one of two links with the same type and ends is preferred: by the higher permission, then with the arrow,
 * then from the higher level. A view has no order of its own, so this makes the path the same everywhere.
 */
const isShownBefore = (a: Link, b: Link): boolean =>
  (a.code - b.code || Number(b.against) - Number(a.against) || a.from - b.from) > 0;

function compareLinks(view: GraphView, a: Link, b: Link): number {
  const byType = TYPE_RANK[codeType(a.code)]! - TYPE_RANK[codeType(b.code)]!;
  return byType !== 0 ? byType : view.compare(entityOf(a.to), entityOf(b.to));
}

function backtrack(cameBy: readonly Map<State, Link>[], ends: readonly State[]): Step[] {
  const steps: Step[] = [];
  // The ends are one entity with several levels; the path leads to the highest.
  let state = ends.length === 0 ? undefined : Math.max(...ends);
  for (let at = cameBy.length - 1; at >= 0 && state !== undefined; at -= 1) {
    const link = cameBy[at]!.get(state);
    if (link === undefined) break;
    steps.push({ from: entityOf(link.from), to: entityOf(link.to), code: link.code, against: link.against });
    state = link.from;
  }
  return steps.reverse();
}
