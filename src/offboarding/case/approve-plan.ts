import type { Actor } from '../../model/audit.js';
import { TendrilError } from '../../model/errors.js';
import { unknownIn } from '../../model/unknown.js';
import type { CaseContext } from '../case-context.js';
import type { Case } from './case.js';
import { planIfKept, planOf } from './case-documents.js';
import { requirePossible, stateAfter } from './case-states.js';
import { caseFact, changeCase, sign } from './change-case.js';
import { comparePlans } from './compare-plans.js';
import type { KeptPlan } from './kept-plan.js';
import { planStale } from './plan-again.js';
import { requireReason } from './reason.js';

/** Input of {@link approvePlan}. */
export interface ApprovePlan {
  readonly offboarding: string;
  /** Of the plan that was looked at: only that one is approved. */
  readonly planHash: string;
  readonly reason: string;
}

/**
 * Approves a plan, and with it what it retires, the breakage it lists and the residual entries it names.
 *
 * @throws NOT_FOUND; CONFLICT where the case does not wait for approval; PLAN_STALE with the differences where the
 *   plan is another one by now; SELF_APPROVAL; PLAN_NEEDS_DECISION with the entities; WOULD_BREAK with the
 *   workloads that would stop although the plan says nothing of them
 */
export async function approvePlan(caseContext: CaseContext, actor: Actor, asked: ApprovePlan): Promise<Case> {
  const reason = requireReason(asked.reason);
  return changeCase(caseContext, asked.offboarding, async (seen) => {
    requirePossible('APPROVE', seen);
    requireAnother(seen, actor);
    await requireHash(caseContext, seen, asked.planHash);
    const plan = await planOf(caseContext.store.journal, seen);
    requireApprovable(seen, plan);
    const offboarding: Case = {
      ...seen,
      state: stateAfter('APPROVE', seen.state),
      approved: sign(caseContext, actor, reason),
    };
    const { prediction, body } = plan;
    const fact = caseFact('CASE_APPROVED', actor, offboarding, {
      reason,
      before: { state: seen.state },
      after: {
        state: offboarding.state,
        planHash: offboarding.planHash,
        accepted: body.accepted,
        left: prediction.exposure,
        // null: the plan is older than the record of it.
        unknown: plan.visibility === undefined ? null : unknownIn(plan.visibility),
      },
    });
    return { case: offboarding, facts: [fact] };
  });
}

/** Requires that the person who approves is not an author of the case (four eyes). */
function requireAnother(offboarding: Case, actor: Actor): void {
  if (!isAuthor(offboarding, actor)) return;
  throw new TendrilError(
    'SELF_APPROVAL',
    `${actor.subject} planned the case ${offboarding.id} or decided in it. Somebody else has to approve it.`,
  );
}

/** Whether a person planned a case or decided in it, also where that was replaced later. */
export function isAuthor({ authors }: Pick<Case, 'authors'>, { subject }: Pick<Actor, 'subject'>): boolean {
  return authors.some((author) => alike(author, subject));
}

/** Whether two subjects are the same person. Ways to sign in may differ in upper and lower case. */
const alike = (a: string, b: string): boolean => folded(a) === folded(b);
const folded = (subject: string): string => subject.normalize('NFKC').trim().toLowerCase();

async function requireHash(caseContext: CaseContext, offboarding: Case, hash: string): Promise<void> {
  if (hash === offboarding.planHash) return;
  const [seen, now] = await Promise.all([
    planIfKept(caseContext.store.journal, offboarding, hash),
    planOf(caseContext.store.journal, offboarding),
  ]);
  throw planStale(
    seen === undefined
      ? `The case ${offboarding.id} has never had the plan ${JSON.stringify(hash)}. Look at the plan ${offboarding.planHash}, which it has now, and approve that.`
      : `The case ${offboarding.id} was decided on or planned again since. Look at the plan ${offboarding.planHash}, which it has now, and approve that.`,
    seen === undefined ? [] : comparePlans(seen.body, now.body),
  );
}

/** Requires that nothing is undecided, no workload stops unlisted, and no access stays without a reason. */
function requireApprovable(offboarding: Case, { needsDecision, prediction, unexplained }: KeptPlan): void {
  if (needsDecision.length > 0) {
    throw new TendrilError(
      'PLAN_NEEDS_DECISION',
      `The plan of the case ${offboarding.id} needs ${count(needsDecision, 'decision')} first: ${some(needsDecision)}. ` +
        'Decide each (`decide`), or name a successor (`replan`).',
      { entities: needsDecision },
    );
  }
  if (!offboarding.allowBreaking && prediction.unexpected.length > 0) {
    throw new TendrilError(
      'WOULD_BREAK',
      `The plan of the case ${offboarding.id} would stop what it neither retires nor lists as accepted: ` +
        `${some(prediction.unexpected)}. Decide what these stand on (\`decide\`), or plan again (\`replan\`).`,
      { workloads: prediction.unexpected },
    );
  }
  if (unexplained.length > 0) {
    throw new TendrilError(
      'PLAN_NEEDS_DECISION',
      `The plan of the case ${offboarding.id} would leave reachable, without a reason: ${some(unexplained)}. ` +
        'Plan again (`replan`) once the sources that report these were imported anew.',
      { entities: unexplained },
    );
  }
}

const count = (of: readonly string[], what: string): string =>
  `${of.length} ${what}${of.length === 1 ? '' : 's'}`;

/** The first few of many, for a sentence. */
function some(ids: readonly string[]): string {
  const shown = ids.slice(0, 5).join(', ');
  return ids.length > 5 ? `${shown} and ${ids.length - 5} more` : shown;
}
