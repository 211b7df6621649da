import type { Actor } from '../../model/audit.js';
import { conflict } from '../../model/errors.js';
import type { Case } from '../case/case.js';
import { actionsOfPlan } from '../case/case-actions.js';
import { requireOwnClock } from '../case/case-clock.js';
import { actionDocument, planOf, requireCase } from '../case/case-documents.js';
import { requirePossible, stateAfter } from '../case/case-states.js';
import { caseFact, changeCase, sign } from '../case/change-case.js';
import { assertFresh } from '../case/plan-again.js';
import type { CaseContext } from '../case-context.js';

/** Input of {@link executeOffboarding}. */
export interface ExecuteOffboarding {
  readonly offboarding: string;
  /** Hash of the plan that the person has seen: only that one is executed. */
  readonly planHash: string;
}

/** How often a plan is compared again because the graph changed while it was compared. */
const ATTEMPTS = 5;

/**
 * Starts the execution of a case and returns at once: a runner carries it out.
 *
 * @throws NOT_FOUND; CONFLICT where it is not APPROVED or has another plan; PLAN_STALE with the differences
 */
export async function executeOffboarding(
  caseContext: CaseContext,
  actor: Actor,
  asked: ExecuteOffboarding,
): Promise<Case> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
    const { revision } = await caseContext.store.head();
    const seen = await requireCase(caseContext.store.journal, asked.offboarding);
    await requireReviewed(caseContext, seen);
    requirePlan(seen, asked.planHash);
    requireOwnClock(caseContext, seen);
    await assertFresh(caseContext, seen);
    const begun = await begin(caseContext, actor, asked, revision);
    if (begun !== null) return begun;
  }
  throw conflict(
    'The graph keeps changing while the plan is compared with it; execute again when imports are done.',
  );
}

/** Starts the execution in one commit; null where the graph or the case has changed since they were read. */
async function begin(
  caseContext: CaseContext,
  actor: Actor,
  { offboarding, planHash }: ExecuteOffboarding,
  revision: number,
): Promise<Case | null> {
  const plan = await planOf(
    caseContext.store.journal,
    await requireCase(caseContext.store.journal, offboarding),
    planHash,
  );
  const actions = actionsOfPlan(offboarding, plan);
  let begun = false;
  const changed = await changeCase(caseContext, offboarding, async (now, draft) => {
    if (draft.base.revision !== revision) return null;
    requirePlan(now, planHash);
    begun = true;
    const executing: Case = {
      ...now,
      state: stateAfter('EXECUTE', now.state),
      executed: sign(caseContext, actor, null),
      because: null,
      wakeAt: null,
    };
    const fact = caseFact('CASE_EXECUTED', actor, now, {
      before: { state: now.state },
      after: { state: executing.state, planHash, actions: actions.length },
    });
    return { case: executing, documents: actions.map(actionDocument), facts: [fact] };
  });
  return begun ? changed : null;
}

/** Says what a case in review really waits for: somebody may have decided everything, and nobody has approved it yet. */
async function requireReviewed({ store }: CaseContext, offboarding: Case): Promise<void> {
  if (offboarding.state !== 'IN_REVIEW') return;
  const { needsDecision } = await planOf(store.journal, offboarding);
  const waits =
    needsDecision.length === 0
      ? 'everything is decided, and it waits for approval by somebody who neither planned nor decided (`approve`)'
      : `it waits for decisions about ${needsDecision.join(', ')} (\`decide\`, or \`replan\` with a successor), and then for approval`;
  throw conflict(`The case ${offboarding.id} is IN_REVIEW and cannot be executed: ${waits}.`, {
    state: offboarding.state,
    needsDecision,
  });
}

function requirePlan(offboarding: Case, planHash: string): void {
  requirePossible('EXECUTE', offboarding);
  if (offboarding.planHash === planHash) return;
  throw conflict(
    `The plan of the case ${offboarding.id} that was approved is ${offboarding.planHash}, not ${planHash}. Look at it, then execute that.`,
    { planHash: offboarding.planHash },
  );
}
