import type { Level } from '../../model/levels.js';
import type { Reached, Step } from '../answers.js';
import { HUMAN } from '../kind-codes.js';
import type { EntityNumber, GraphView } from '../view.js';
import { type Link, smallestPath } from '../walk/smallest-path.js';
import { entityOf, levelOfState, type State, startAt, stateOf } from '../walk/walk.js';
import { eachStep, eachStepBack, HIGHEST } from '../walk/walk-rules.js';
import { spentIn } from './spent.js';

/** Only relationships that the search has already seen: every path to the target lies within it. */
const ONLY_SEEN = true;

/** The humans who reach an entity. */
export interface Reachers {
  /** `entity` is the human, `level` and `distance` those of the target; highest level first, then by id. */
  readonly members: readonly Reached[];
  /** The smallest of the shortest paths from one of them to the target. */
  pathFrom(human: EntityNumber): Step[];
}

/**
 * Every human, whatever their status, in whose exposure the entity is. It walks back from the target, once for each
 * level that the target can be reached with.
 */
export function whoCanReach(view: GraphView, target: EntityNumber): Reachers {
  const best = new Map<EntityNumber, Reached>();
  const searches = new Map<Level, SearchBack>();
  if (isAnswerable(view, target)) {
    for (let level = HIGHEST[view.kindOf(target)]!; level >= 1; level = (level - 1) as Level) {
      const search = new SearchBack(view, target, level);
      searches.set(level, search);
      for (const [human, distance] of search.humans) {
        if (!best.has(human)) best.set(human, { entity: human, level, distance });
      }
    }
  }
  const members = [...best.values()].sort((a, b) => b.level - a.level || view.compare(a.entity, b.entity));
  return {
    members,
    pathFrom(human) {
      const reached = best.get(human);
      return reached === undefined ? [] : searches.get(reached.level)!.pathFrom(human);
    },
  };
}

/** Whether an entity can be in an exposure: it is effective, and not spent. */
function isAnswerable(view: GraphView, target: EntityNumber): boolean {
  if (target === 0 || view.kindOf(target) === HUMAN) return false;
  return view.isEffective(target) && !spentIn(view).has(target);
}

/** Everything from which a walk arrives at the target with at least `level`. */
class SearchBack {
  /** The humans from whom the walk arrives, and the least number of steps from each. */
  readonly humans = new Map<EntityNumber, number>();
  /** The least number of steps from each state to the target. */
  private readonly remaining = new Map<State, number>();
  /** The links from a state to one nearer the target, computed once: the paths of many people share them. */
  private readonly nearer = new Map<State, readonly Link[]>();

  constructor(
    private readonly view: GraphView,
    target: EntityNumber,
    level: Level,
  ) {
    this.reached(target, level, 0);
    let layer: [EntityNumber, Level][] = [[target, level]];
    for (let distance = 1; layer.length > 0; distance += 1) {
      const next = new Map<EntityNumber, Level>();
      for (const [entity, needed] of layer) {
        eachStepBack(view, entity, needed, (from, lowest) => {
          if (view.kindOf(from) === HUMAN) {
            if (!this.humans.has(from)) this.humans.set(from, distance);
            return;
          }
          // A state that was found earlier and needs no higher level makes this one redundant.
          if (this.remaining.has(stateOf(from, lowest))) return;
          this.reached(from, lowest, distance);
          next.set(from, lowest);
        });
      }
      layer = [...next];
    }
  }

  /**
   * The smallest of the shortest paths from a human. It takes only steps that the search has seen and that lead nearer
   * to the target, so its cost depends on the path and not on how much the human could reach.
   */
  pathFrom(human: EntityNumber): Step[] {
    const depth = this.humans.get(human);
    if (depth === undefined) return [];
    const { entity, level } = startAt(this.view, human);
    const start = stateOf(entity, level);
    return smallestPath(this.view, start, depth, (state) =>
      state === start ? this.linksFrom(start, depth) : this.linksNearer(state),
    );
  }

  /** Records the distance of an entity with a level, and with every higher level that has no distance yet. */
  private reached(entity: EntityNumber, lowest: Level, distance: number): void {
    for (let level = lowest; level <= 3; level = (level + 1) as Level) {
      const state = stateOf(entity, level);
      if (!this.remaining.has(state)) this.remaining.set(state, distance);
    }
  }

  private linksNearer(state: State): readonly Link[] {
    let links = this.nearer.get(state);
    if (links === undefined) {
      links = this.linksFrom(state, this.remaining.get(state)!);
      this.nearer.set(state, links);
    }
    return links;
  }

  private linksFrom(from: State, left: number): Link[] {
    const links: Link[] = [];
    const entity = entityOf(from);
    const asLive = this.view.kindOf(entity) === HUMAN;
    eachStep(
      this.view,
      entity,
      levelOfState(from),
      asLive,
      (next, level, code, against) => {
        const to = stateOf(next, level);
        if (this.remaining.get(to) === left - 1) links.push({ from, to, code, against });
      },
      ONLY_SEEN,
    );
    return links;
  }
}
