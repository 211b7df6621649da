import { TendrilError } from '../../model/errors.js';
import type { CaseContext } from '../case-context.js';
import type { PlanBody } from '../plan/plan.js';
import type { Case } from './case.js';
import { planOf } from './case-documents.js';
import { comparePlans, type PlanChange } from './compare-plans.js';
import { type Planned, planCase } from './plan-case.js';

/** How many differences an error lists; the count says how many there are. */
export const MAX_CHANGES = 100;

/**
 * Plans a case on the present graph, with the hashed inputs of its present plan. The successor is one of these inputs,
 * so the person who was chosen stays chosen.
 *
 * @throws BAD_INPUT where these inputs can no longer be planned with
 */
export async function planAgain(caseContext: CaseContext, offboarding: Case): Promise<Planned> {
  const { body } = await planOf(caseContext.store.journal, offboarding);
  return planCase(
    caseContext,
    { ...offboarding.input, successor: body.successor ?? offboarding.input.successor },
    offboarding.decisions,
  );
}

/**
 * Requires, before a case is executed, that planning again gives the approved plan (semantics, section 5,
 * `PLAN_STALE`). Changes of the graph that do not concern the case give the same plan.
 *
 * @throws PLAN_STALE with the differences
 */
export async function assertFresh(caseContext: CaseContext, offboarding: Case): Promise<void> {
  let again: Planned;
  try {
    again = await planAgain(caseContext, offboarding);
  } catch (error) {
    if (!(error instanceof TendrilError) || error.code !== 'BAD_INPUT') throw error;
    throw planStale(
      `The plan of the case ${offboarding.id} can no longer be made: ${error.message} Plan it again (\`replan\`) and have it approved.`,
      [{ what: 'refused', id: offboarding.id, before: null, after: error.message }],
    );
  }
  if (again.plan.hash === offboarding.planHash) return;
  const { body } = await planOf(caseContext.store.journal, offboarding);
  throw staleBetween(offboarding, body, again.plan.body);
}

/** The error for a plan that has changed because the graph has. */
export function staleBetween(offboarding: Case, before: PlanBody, after: PlanBody): TendrilError {
  return planStale(
    `The graph has changed since the case ${offboarding.id} was planned, and the plan with it. ` +
      'Look at the changes, plan it again (`replan`) and have it approved.',
    comparePlans(before, after),
  );
}

/** The error PLAN_STALE with the first differences and their number. */
export function planStale(message: string, changes: readonly PlanChange[]): TendrilError {
  return new TendrilError('PLAN_STALE', message, {
    changes: changes.slice(0, MAX_CHANGES),
    changeCount: changes.length,
  });
}
