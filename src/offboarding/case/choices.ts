import type { DecisionAction } from '../policy/policy.js';
import type { KeptPlan } from './kept-plan.js';

/**
 * What a person may decide about an entity instead of the rules (semantics, section 4). An entity that stands on the
 * leaver cannot be transferred, and another one cannot be re-homed. Empty where the plan decides nothing about it.
 */
export function choicesFor(plan: Pick<KeptPlan, 'body' | 'standing'>, entity: string): DecisionAction[] {
  if (!plan.body.decisions.some((decision) => decision.entity === entity)) return [];
  return plan.standing.includes(entity) ? ['REHOME', 'RETIRE'] : ['TRANSFER', 'RETIRE'];
}
