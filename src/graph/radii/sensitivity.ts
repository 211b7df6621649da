import { SENSITIVITIES } from '../../model/properties.js';
import { ENTITY_FLAGS } from '../../model/rows.js';
import type { EntityNumber, GraphView } from '../view.js';
import { entityOf, levelOfState, type State, stateOf } from '../walk/walk.js';
import { eachStep } from '../walk/walk-rules.js';

const HIGH = SENSITIVITIES.indexOf('HIGH');

/** Whether an entity is an effective resource of sensitivity HIGH or CRITICAL. */
export function isSensitive(view: GraphView, entity: EntityNumber): boolean {
  const flags = view.flagsOf(entity);
  if ((flags & ENTITY_FLAGS.rated) === 0 || !view.isEffective(entity)) return false;
  return ((flags >> ENTITY_FLAGS.sensitivityShift) & 3) >= HIGH;
}

/**
 * The secrets among these from which the exposure walk reaches a sensitive resource. One search serves all of them: it
 * goes forward over the states that any of them leads to, then back from the sensitive ones.
 */
export function secretsThatReachSensitive(
  view: GraphView,
  secrets: readonly EntityNumber[],
): readonly EntityNumber[] {
  const cameFrom = new Map<State, State[]>();
  const reaching = new Set<State>();
  const states = new Set<State>(secrets.map((secret) => stateOf(secret, 1)));
  for (const state of states) {
    if (isSensitive(view, entityOf(state))) reaching.add(state);
    eachStep(view, entityOf(state), levelOfState(state), false, (to, level) => {
      const next = stateOf(to, level);
      states.add(next);
      const sources = cameFrom.get(next);
      if (sources === undefined) cameFrom.set(next, [state]);
      else sources.push(state);
    });
  }
  for (const state of reaching) for (const source of cameFrom.get(state) ?? []) reaching.add(source);
  return secrets.filter((secret) => reaching.has(stateOf(secret, 1)));
}
