import type { Actor } from '../../model/audit.js';
import { badInput, TendrilError } from '../../model/errors.js';
import type { CaseContext } from '../case-context.js';
import type { Case, CaseDecision, CaseInput } from './case.js';
import { planDocument } from './case-documents.js';
import { requirePossible, stateAfter } from './case-states.js';
import { type CaseChange, sign } from './change-case.js';
import { changePlan } from './change-plan.js';
import { findHuman } from './find-human.js';
import { plannedFact, withAuthor } from './new-case.js';
import { type Planned, planCase } from './plan-case.js';
import { scheduled } from './plan-offboarding.js';
import { requireReason } from './reason.js';

/** Input of {@link replan}. */
export interface Replan {
  readonly offboarding: string;
  /** Id or email of another successor than the one that was named; left out: as before. */
  readonly successor?: string | null;
  readonly reason: string;
}

/**
 * Plans a case again, on the present graph and for the present moment. Decisions that are still possible are kept; the
 * others are dropped and named in the audit event. An approval is taken back.
 *
 * This is possible only before the case is executed. Afterwards, what is left needs another case with its own approval.
 *
 * @throws NOT_FOUND; BAD_INPUT; CONFLICT once the case is carried out or over
 */
export async function replan(caseContext: CaseContext, actor: Actor, asked: Replan): Promise<Case> {
  const reason = requireReason(asked.reason);
  const { revision } = await caseContext.store.head();
  const successor =
    asked.successor == null ? null : await findHuman(caseContext, revision, asked.successor, 'The successor');
  const prepare = async (seen: Case) => {
    requirePossible('REPLAN', seen);
    if (seen.input.kind !== 'OFFBOARDING') {
      throw badInput(`The case ${seen.id} is about one thing; cancel it, and ask for the same again.`);
    }
    return replanned(caseContext, actor, seen, { reason, successor: successor?.id ?? null });
  };
  return changePlan(caseContext, asked.offboarding, prepare, { anyClock: true });
}

async function replanned(
  caseContext: CaseContext,
  actor: Actor,
  seen: Case,
  { reason, successor }: { readonly reason: string; readonly successor: string | null },
): Promise<CaseChange> {
  const { revision } = await caseContext.store.head();
  const human = await findHuman(caseContext, revision, seen.input.human!, 'The human');
  const moment = { ...seen.input, ...scheduled(seen.asked, human, caseContext.clock.now()) };
  const { input, decisions, dropped, plan, plannedOn } = await planWhatStands(
    caseContext,
    { ...moment, successor: successor ?? moment.successor },
    // A successor who is named now is not dropped; the planning fails instead.
    { decisions: seen.decisions, mayDropSuccessor: successor === null },
  );
  const planned = sign(caseContext, actor, reason);
  const offboarding: Case = {
    ...seen,
    clock: caseContext.clockKind,
    state: stateAfter('REPLAN', seen.state),
    input,
    decisions,
    planned,
    authors: withAuthor(seen.authors, planned),
    approved: null,
    planHash: plan.hash,
    policyHash: plan.body.policyHash,
    plannedOn,
  };
  const fact = plannedFact('CASE_REPLANNED', actor, offboarding, plan);
  const told = {
    ...fact,
    before: { state: seen.state, planHash: seen.planHash, evaluatedAt: seen.input.evaluatedAt },
    after: { ...fact.after, dropped, approvalTakenBackFrom: seen.approved?.subject ?? null },
  };
  return { case: offboarding, documents: [planDocument(offboarding.id, plan)], facts: [told] };
}

/** A decision or a successor that is not possible any more, and why. */
interface Dropped {
  /** Id of what was decided about, or `successor` of the whole plan. */
  readonly what: string;
  readonly why: string;
}

interface Replanned extends Planned {
  readonly input: CaseInput;
  readonly decisions: readonly CaseDecision[];
  readonly dropped: readonly Dropped[];
}

/** Plans with all decisions that are still possible, and drops the others one by one. */
async function planWhatStands(
  caseContext: CaseContext,
  first: CaseInput,
  given: { readonly decisions: readonly CaseDecision[]; readonly mayDropSuccessor: boolean },
): Promise<Replanned> {
  const dropped: Dropped[] = [];
  let input = first;
  let { decisions } = given;
  for (;;) {
    try {
      return { ...(await planCase(caseContext, input, decisions)), input, decisions, dropped };
    } catch (error) {
      if (!(error instanceof TendrilError) || error.code !== 'BAD_INPUT') throw error;
      const { entity } = error.details;
      const left = decisions.filter((decision) => decision.entity !== entity);
      if (left.length < decisions.length) {
        dropped.push({ what: String(entity), why: error.message });
        decisions = left;
      } else if (
        given.mayDropSuccessor &&
        input.successor !== null &&
        error.details.successor === input.successor
      ) {
        dropped.push({ what: 'successor', why: error.message });
        input = { ...input, successor: null };
      } else throw error;
    }
  }
}
