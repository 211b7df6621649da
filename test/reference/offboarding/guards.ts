import { isAnsweredFor } from '../answers.js';
import { isEffective } from '../effective.js';
import { isLive } from '../live.js';
import { answerersOnceGone } from '../orphans.js';
import { entityOf, kindOf, targets } from '../plain-graph.js';
import type { Actions } from './actions.js';
import { grantsTo, retirementOf } from './cascade.js';
import type { Departure } from './departure.js';
import { issuersOf } from './reissuable.js';
import { stoodOn } from './stands-on.js';

/** Why a decision became REVIEW (semantics, section 4). */
export type Guard = 'OWNER_ANSWERS' | 'GRANT_OF_OTHERS' | 'BREAKS_OTHERS' | 'GRANT_TO_APP';

/** Whether somebody answers for a thing once the person is gone. */
export function isAnsweredOnceGone({ graph, humans }: Departure, thing: string): boolean {
  return isAnsweredFor(graph, thing, answerersOnceGone(graph, humans));
}

/**
 * The guards of a RETIRE by a rule that hold. `causes`: all that breaks a workload that is to go on, as things
 * are decided.
 */
export function retireGuards(
  departure: Departure,
  causes: ReadonlySet<string>,
  thing: string,
): readonly Guard[] {
  const guards: Guard[] = [];
  if (isAnsweredOnceGone(departure, thing)) guards.push('OWNER_ANSWERS');
  if (hasGrantOfOthers(departure, thing)) guards.push('GRANT_OF_OTHERS');
  if (retirementOf(departure.graph, thing).some((ended) => causes.has(ended))) guards.push('BREAKS_OTHERS');
  return guards;
}

/** Whether it is an App with a live Grant to it that no unshared account of the person GRANTED. */
function hasGrantOfOthers({ graph, unshared }: Departure, thing: string): boolean {
  if (kindOf(graph, thing) !== 'App') return false;
  const own = targets(graph, 'GRANTED', unshared);
  return [...grantsTo(graph, thing)].some((grant) => isLive(graph, grant) && !own.has(grant));
}

/** The Apps to which re-homing a workload needs a grant. */
export function appsNeeded(departure: Departure, workload: string): ReadonlySet<string> {
  return targets(departure.graph, 'TO_APP', grantsReplaced(departure, workload));
}

/**
 * The Grants that re-homing a workload replaces: effective ones that it stands on, and those that an effective
 * Token it stands on was ISSUED by and that are the person's or dead.
 */
export function grantsReplaced(departure: Departure, workload: string): ReadonlySet<string> {
  const { graph, held } = departure;
  const replaced = [...stoodOn(departure, workload)].filter((id) => isEffective(graph, id));
  const direct = replaced.filter((id) => kindOf(graph, id) === 'Grant');
  const origins = replaced
    .flatMap((id) => issuersOf(graph, id))
    .filter((id) => kindOf(graph, id) === 'Grant' && (held.has(id) || !isEffective(graph, id)));
  return new Set([...direct, ...origins]);
}

/** Whether re-homing needs a grant to an App decided RETIRE, or, where nobody overrode it, to an UNAPPROVED one. */
export function rehomeIsGuarded(
  departure: Departure,
  actions: Actions,
  workload: string,
  overridden: boolean,
): boolean {
  return [...appsNeeded(departure, workload)].some((app) => {
    const unapproved = entityOf(departure.graph, app).approval === 'UNAPPROVED';
    return actions.get(app) === 'RETIRE' || (unapproved && !overridden);
  });
}
