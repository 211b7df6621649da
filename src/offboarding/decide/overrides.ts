import { personOf } from '../../graph/radii/person.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { badInput } from '../../model/errors.js';
import type { DecisionAction } from '../policy/policy.js';
import { carrierRefusal } from './carrier.js';
import type { Decisions } from './decisions.js';
import { canSucceed } from './successor.js';

/** What a person decided besides the action: who takes over, with which identity, and why. */
export interface OverrideDetails {
  readonly successor: string | null;
  readonly managedIdentity: string | null;
  readonly reason: string | null;
}

/** A decision of a person about one entity, instead of the rules. */
export interface Override extends OverrideDetails {
  readonly action: DecisionAction;
}

/** What is needed to check an override. `decisions` are those that were made with it. */
export interface Judged {
  readonly view: GraphView;
  /** Who leaves. */
  readonly humans: readonly EntityNumber[];
  readonly decisions: Decisions;
}

/**
 * Refuses what no person may decide (semantics, section 4).
 *
 * @throws BAD_INPUT that says what to do instead, for the first override by id that is refused
 */
export function requireOverrides(judged: Judged, overrides: ReadonlyMap<EntityNumber, Override>): void {
  const inOrder = [...overrides].sort(([a], [b]) => judged.view.compare(a, b));
  for (const [entity, override] of inOrder) {
    const why = refusalOf(judged, entity, override);
    if (why !== null) throw badInput(why, { entity: judged.view.idOf(entity) });
  }
}

/** Why an override is refused and what to do, or null where it stands. */
export function refusalOf(judged: Judged, entity: EntityNumber, override: Override): string | null {
  const { view, humans, decisions } = judged;
  const who = humans.map((human) => view.idOf(human)).join(' and ');
  const id = view.idOf(entity);
  const { action, successor, managedIdentity } = override;
  const decision = decisions.decided.get(entity);
  if (decision === undefined) return notDecided(judged, entity, id);
  if (action === 'REVIEW') {
    return `REVIEW leaves ${id} undecided; choose REHOME, RETIRE or TRANSFER, or leave the rule's decision.`;
  }
  if (action === 'TRANSFER' && decision.standsOnLeaver) {
    return `${id} stands on ${who}, so a new owner would get something that stops; choose REHOME or RETIRE.`;
  }
  if (action === 'REHOME' && !decision.standsOnLeaver) {
    return `${id} does not stand on ${who}, so there is nothing to re-home; choose TRANSFER or RETIRE.`;
  }
  if (successor !== null && !canSucceed(view, humans, successor)) {
    return `${successor} cannot take over ${id}: a successor is a live human other than ${who}.`;
  }
  if (managedIdentity === null) return null;
  if (action !== 'REHOME') {
    return `A managed identity is for REHOME only; leave it out, or decide REHOME for ${id}.`;
  }
  return identityRefusal(judged, entity, managedIdentity);
}

function notDecided({ decisions }: Judged, entity: EntityNumber, id: string): string {
  return decisions.following.includes(entity)
    ? `${id} stops only because something else does, so nothing is decided about it; decide what it follows instead.`
    : `Nothing is to be decided about ${id}; only what the plan lists under decisions can be decided.`;
}

/** Why an identity cannot carry what is re-homed, or null where it can. */
function identityRefusal(judged: Judged, workload: EntityNumber, id: string): string | null {
  const { view, humans, decisions } = judged;
  const { accounts } = personOf(view, humans);
  const why = carrierRefusal({ view, workload, accounts }, id);
  if (why !== null) return why;
  if (decisions.decided.get(view.numberOf(id))?.action === 'RETIRE') {
    return `${id} is decided RETIRE in this plan; decide that first, or name another identity.`;
  }
  return null;
}
