import { isLive } from '../live.js';
import { inOrder } from '../order.js';
import { orphans } from '../orphans.js';
import type { Start } from '../person.js';
import { entityOf, kindOf, type PlainGraph, targets } from '../plain-graph.js';
import { type Actions, decidedAs, Refused } from './actions.js';
import { retirementOf } from './cascade.js';
import type { Departure } from './departure.js';
import { isAnsweredOnceGone } from './guards.js';
import { handedOver } from './handed-over.js';

export interface SuccessorQuestion {
  readonly graph: PlainGraph;
  /** Whoever leaves: one or several. */
  readonly human: Start;
  /** Whom the decision names, and whom the plan names. */
  readonly ofDecision?: string | undefined;
  readonly ofPlan?: string | undefined;
  /** Humans who have an open case of their own. */
  readonly openCases: ReadonlySet<string>;
}

/** The successor of semantics, section 4; undefined: none is found. Refused: the one named cannot be one. */
export function successorFor(question: SuccessorQuestion): string | undefined {
  const { graph, human, ofDecision, ofPlan } = question;
  const humans = new Set(typeof human === 'string' ? [human] : human);
  const named = ofDecision ?? ofPlan;
  if (named === undefined) return nearestAbove(question, humans);
  if (!canSucceed(graph, humans, named)) throw new Refused(`${named} is no live Human other than who leaves`);
  return named;
}

/** Whether somebody may be named: a live Human other than the one who leaves. */
export function canSucceed(graph: PlainGraph, humans: ReadonlySet<string>, named: string): boolean {
  const entity = graph.entities.get(named);
  return entity?.kind === 'Human' && !humans.has(named) && isLive(graph, named);
}

/** Upwards one step at a time, past those who cannot be: of the nearest who can, the smallest by id. */
function nearestAbove(
  { graph, openCases }: SuccessorQuestion,
  humans: ReadonlySet<string>,
): string | undefined {
  const seen = new Set(humans);
  let level: ReadonlySet<string> = targets(graph, 'REPORTS_TO', seen);
  while (level.size > 0) {
    const fresh = [...level].filter((id) => !seen.has(id));
    const [nearest] = inOrder(
      fresh.filter((id) => entityOf(graph, id).status === 'ACTIVE' && !openCases.has(id)),
    );
    if (nearest !== undefined) return nearest;
    for (const id of fresh) seen.add(id);
    level = targets(graph, 'REPORTS_TO', new Set(fresh));
  }
  return undefined;
}

/**
 * What the successor comes to own: whatever is in `O(h)` and not retired, whatever is decided TRANSFER, what the
 * person sustained as its owner and the plan does not end, and each re-homed workload for which nobody answers once
 * the person is gone.
 */
export function inheritance(departure: Departure, actions: Actions): ReadonlySet<string> {
  const orphaned = [...orphans(departure.graph, [...departure.humans])].filter(
    (id) => actions.get(id) !== 'RETIRE',
  );
  const rehomed = [...decidedAs(actions, 'REHOME')].filter((id) => !isAnsweredOnceGone(departure, id));
  const retired = [...decidedAs(actions, 'RETIRE')].flatMap((thing) => retirementOf(departure.graph, thing));
  const revoked = (id: string) => ['Grant', 'Token'].includes(kindOf(departure.graph, id));
  const handed = handedOver(departure, (id) => retired.includes(id) || revoked(id));
  return new Set(inOrder([...orphaned, ...decidedAs(actions, 'TRANSFER'), ...handed, ...rehomed]));
}

/** Whether anything needs a successor: something to inherit, or an identity that is made for re-homing. */
export function needsSuccessor(departure: Departure, actions: Actions): boolean {
  return inheritance(departure, actions).size > 0 || decidedAs(actions, 'REHOME').size > 0;
}
