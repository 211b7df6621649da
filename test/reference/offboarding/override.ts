import type { Action } from './actions.js';
import { decidedThings } from './decided.js';
import type { Departure } from './departure.js';
import { standsOn } from './stands-on.js';
import { canSucceed } from './successor.js';

/** What a person decided in place of a rule. */
export interface Override {
  readonly entity: string;
  readonly action: Exclude<Action, 'REVIEW'>;
  readonly successor?: string;
}

/** Why an override is refused (semantics, section 4), or undefined where it is not. */
export function refusalOf(departure: Departure, override: Override): string | undefined {
  const { entity, action, successor } = override;
  if (!decidedThings(departure).has(entity)) return `nothing is to be decided about ${entity}`;
  const stands = standsOn(departure, entity);
  if (action === 'TRANSFER' && stands) return `${entity} stands on the person: transferring it breaks it`;
  if (action === 'REHOME' && !stands) return `${entity} does not stand on the person: nothing to re-home`;
  if (successor !== undefined && !canSucceed(departure.graph, departure.humans, successor)) {
    return `${successor} is no live Human other than who leaves`;
  }
  return undefined;
}
