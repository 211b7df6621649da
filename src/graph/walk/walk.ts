import type { Level } from '../../model/levels.js';
import { HUMAN } from '../kind-codes.js';
import type { EntityNumber, GraphView } from '../view.js';
import { eachStep, HIGHEST } from './walk-rules.js';

/** A state of a walk: (entity, level), as one integer. `entity` is below 2³⁰, `level` is 1 to 3. */
export type State = number;

/** The state of an entity with a level. */
export const stateOf = (entity: EntityNumber, level: Level): State => entity * 4 + level;
/** The entity of a state. */
export const entityOf = (state: State): EntityNumber => state >>> 2;
/** The level of a state. */
export const levelOfState = (state: State): Level => (state & 3) as Level;

/** Where a walk begins. */
export interface Start {
  readonly entity: EntityNumber;
  readonly level: Level;
  /** The start counts as live whatever its status: the human of a radius, or the start of a path. */
  readonly asLive: boolean;
}

/** The start of the walk for the exposure of a human or an account. Only a human counts as live whatever the status. */
export function startAt(view: GraphView, entity: EntityNumber): Start {
  const kind = view.kindOf(entity);
  return { entity, level: HIGHEST[kind] ?? 1, asLive: kind === HUMAN };
}

/** The states that a walk reached, in order of depth. */
export interface Walk {
  readonly start: Start;
  readonly states: readonly State[];
  /** Where each depth begins in `states`; the last entry is its length. */
  readonly depths: readonly number[];
}

/**
 * The marks of the walk that runs, by state: `epoch + depth` where the walk has reached the state. Walks are
 * synchronous, so only one runs at a time: one array serves all walks, and `epoch` saves clearing it between them.
 */
let marks = new Uint32Array(0);
let epoch = 1;

function begin(size: number): number {
  if (marks.length < size * 4) {
    marks = new Uint32Array(Math.ceil(size * 1.25) * 4);
    epoch = 1;
  }
  return epoch;
}

function finish(depths: number): void {
  epoch += depths + 1;
  if (epoch < 0xf000_0000) return;
  marks.fill(0);
  epoch = 1;
}

/**
 * Walks breadth first. An entity that is reached again with a higher level is walked again; one that is reached later
 * with the same or a lower level is not. The cost is linear in the relationships of the entities that are reached.
 *
 * @param until ends the walk early when it returns true for a state that was just reached
 */
export function walk(view: GraphView, start: Start, until?: (state: State) => boolean): Walk {
  const base = begin(view.size);
  const first = stateOf(start.entity, start.level);
  const states: State[] = [first];
  const depths = [0, 1];
  marks[first] = base;
  let ended = until?.(first) ?? false;
  let depth = 0;
  const see = (to: EntityNumber, level: Level): boolean => {
    const state = to * 4 + level;
    if (marks[state]! >= base) return false;
    // A higher level that was reached at a smaller depth makes this state redundant. If it was reached at the same
    // depth, this state may still lie on the smallest path.
    for (let higher = level + 1; higher <= 3; higher += 1) {
      const mark = marks[to * 4 + higher]!;
      if (mark >= base && mark - base <= depth) return false;
    }
    marks[state] = base + depth + 1;
    states.push(state);
    if (until?.(state)) ended = true;
    return ended;
  };
  try {
    while (!ended && depths[depth]! < depths[depth + 1]!) {
      const end = depths[depth + 1]!;
      for (let at = depths[depth]!; at < end && !ended; at += 1) {
        const state = states[at]!;
        eachStep(view, entityOf(state), levelOfState(state), depth === 0 && start.asLive, see);
      }
      depths.push(states.length);
      depth += 1;
    }
  } finally {
    finish(depth + 1);
  }
  return { start, states, depths };
}

/** Calls `each` once with every entity of a walk, its highest level, and the depth at which that was reached. */
export function eachReached(
  result: Walk,
  each: (entity: EntityNumber, level: Level, distance: number) => void,
): void {
  const { states, depths } = result;
  const best = new Map<EntityNumber, Level>();
  for (const state of states) {
    const entity = entityOf(state);
    if ((best.get(entity) ?? 0) < levelOfState(state)) best.set(entity, levelOfState(state));
  }
  for (let depth = 0; depth + 1 < depths.length; depth += 1) {
    for (let at = depths[depth]!; at < depths[depth + 1]!; at += 1) {
      const state = states[at]!;
      if (best.get(entityOf(state)) === levelOfState(state))
        each(entityOf(state), levelOfState(state), depth);
    }
  }
}
