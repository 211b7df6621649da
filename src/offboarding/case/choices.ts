import type { DecisionAction } from '../policy/policy.js';
import type { KeptPlan } from './kept-plan.js';

/**
 * What a person may decide about a thing instead of the rules (semantics, section 4): what stands on the leaver is
 * not transferred, and what does not is not re-homed. None where nothing is decided about it.
 */
export function choicesFor(plan: Pick<KeptPlan, 'body' | 'standing'>, entity: string): DecisionAction[] {
  if (!plan.body.decisions.some((decision) => decision.entity === entity)) return [];
  return plan.standing.includes(entity) ? ['REHOME', 'RETIRE'] : ['TRANSFER', 'RETIRE'];
}
