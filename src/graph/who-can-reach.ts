import type { Level } from '../model/levels.js';
import type { Reached, Step } from './answers.js';
import { isUnmanaged, matters } from './exposure.js';
import { SmallestPaths } from './smallest-path.js';
import { eachStepBack, HIGHEST, HUMAN } from './steps.js';
import type { EntityNumber, GraphView } from './view.js';
import { startAt, stateOf, walk } from './walk.js';

/** The humans that reach an entity. */
export interface Reachers {
  /** `entity` is the human, `level` and `distance` those of the target; highest level first, then by id. */
  readonly members: readonly Reached[];
  /** The path from one of them to the target. */
  pathFrom(human: EntityNumber): Step[];
}

/**
 * Every human, whatever their status, in whose exposure the entity is: the walk taken backwards, once for each
 * level the target can be reached with.
 */
export function whoCanReach(view: GraphView, target: EntityNumber): Reachers {
  const best = new Map<EntityNumber, Reached>();
  if (isAnswerable(view, target)) {
    for (let level = HIGHEST[view.kindOf(target)]!; level >= 1; level = (level - 1) as Level) {
      for (const [human, distance] of humansReaching(view, target, level)) {
        if (!best.has(human)) best.set(human, { entity: human, level, distance });
      }
    }
  }
  const members = [...best.values()].sort((a, b) => b.level - a.level || view.compare(a.entity, b.entity));
  return {
    members,
    pathFrom(human) {
      const reached = best.get(human);
      if (reached === undefined) return [];
      const goal = stateOf(target, reached.level);
      return new SmallestPaths(view, walk(view, startAt(view, human))).to(goal);
    },
  };
}

/** Whether anybody's answer can have it: live, and an unmanaged account only while it matters. */
function isAnswerable(view: GraphView, target: EntityNumber): boolean {
  if (target === 0 || !view.isLive(target) || view.kindOf(target) === HUMAN) return false;
  return !isUnmanaged(view, target) || matters(view, target);
}

/** Humans from whom a walk arrives at the target with at least `level`, and the least number of steps. */
function humansReaching(view: GraphView, target: EntityNumber, level: Level): Map<EntityNumber, number> {
  const humans = new Map<EntityNumber, number>();
  /** The lowest level on an entity from which the target is reached, as far as found. */
  const lowestOn = new Map<EntityNumber, Level>([[target, level]]);
  let layer: [EntityNumber, Level][] = [[target, level]];
  for (let distance = 1; layer.length > 0; distance += 1) {
    const next = new Map<EntityNumber, Level>();
    for (const [entity, needed] of layer) {
      eachStepBack(view, entity, needed, (from, lowest) => {
        if (view.kindOf(from) === HUMAN) {
          if (!humans.has(from)) humans.set(from, distance);
          return;
        }
        // One found earlier that asks for no more makes this one redundant.
        if ((lowestOn.get(from) ?? 4) <= lowest) return;
        lowestOn.set(from, lowest);
        next.set(from, lowest);
      });
    }
    layer = [...next];
  }
  return humans;
}
