import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import type { KeptPlan } from '../case/kept-plan.js';
import type { CaseContext } from '../case-context.js';
import { withFacts } from '../plan/facts.js';
import { additionsOf, planSweep } from './plan-sweep.js';

/** The result of a sweep. */
export interface Swept {
  /** The revision that was swept. Commit the additions only on that revision; otherwise sweep again. */
  readonly revision: number;
  /** Actions to add to the case, in order of position; none: there is nothing that a sweep may do. */
  readonly additions: readonly CaseAction[];
}

/**
 * Looks for credentials that appeared while a case ran (semantics, section 5, I7). It runs after phase 6, and again
 * when its additions are carried out, until it adds nothing. `verifyCase` reports what it may not end.
 */
export async function sweepCase(
  caseContext: CaseContext,
  offboarding: Case,
  plan: KeptPlan,
  actions: readonly CaseAction[],
): Promise<Swept> {
  const graphState = await caseContext.graphs.current(caseContext.clock.now());
  const given = { policy: caseContext.policy.policy, input: offboarding.input, body: plan.body, actions };
  const planned = await withFacts(caseContext.store, graphState, (view, facts) =>
    planSweep({ ...given, view, facts }),
  );
  return { revision: graphState.revision, additions: additionsOf(offboarding, planned, actions) };
}
