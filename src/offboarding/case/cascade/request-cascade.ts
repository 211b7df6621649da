import type { GraphState } from '../../../graph/graph-state.js';
import type { Actor, AuditFact } from '../../../model/audit.js';
import { TendrilError } from '../../../model/errors.js';
import type { Revision } from '../../../model/revision.js';
import { formatTime } from '../../../model/time.js';
import type { CaseContext } from '../../case-context.js';
import type { CascadePlan } from '../../plan/cascade/cascade-plan.js';
import type { Case, CaseInput } from '../case.js';
import { planDocument } from '../case-documents.js';
import { sign } from '../change-case.js';
import { comparePlans } from '../compare-plans.js';
import type { KeptPlan } from '../kept-plan.js';
import { newCase, plannedFact, putNewCase } from '../new-case.js';
import { planStale } from '../plan-again.js';
import { planCascadeCase } from '../plan-cascade-case.js';
import { requireReason } from '../reason.js';
import { recall, remember } from './previews.js';

/** Options of every cascade. */
export interface CascadeOptions {
  readonly reason: string;
  /** Only show what would be done: nothing is written. */
  readonly dryRun?: boolean | null;
  /** Hash of the preview that the person has seen: if the preview has changed since, nothing is done. */
  readonly expectedHash?: string | null;
  /** Go on although workloads stop. */
  readonly allowBreaking?: boolean | null;
}

/** The result of a cascade that was requested. */
export interface CascadeResult {
  /** Hash of the preview. It stays the same as long as the same would be done, and is not the hash of the plan. */
  readonly hash: string;
  readonly plan: KeptPlan;
  readonly revision: Revision;
  /** Ids of workloads that work now and would not. */
  readonly breaks: readonly string[];
  /** Whether a second person has to approve. */
  readonly needsApproval: boolean;
  /** null for a preview. APPROVED: ready to be executed. IN_REVIEW: a second person has to approve it. */
  readonly case: Case | null;
}

/** What is to be done to which entity. */
export type CascadeRequest = Pick<CaseInput, 'kind' | 'successor' | 'managedIdentity' | 'from'> & {
  readonly target: string;
};

/**
 * Previews or begins a case about one thing (semantics, section 5, *One thing at a time*). It is planned, approved and
 * carried out like any other case.
 *
 * @throws NOT_FOUND; BAD_INPUT for what cannot be done with the thing; PLAN_STALE with the changes where the
 *   preview is not the expected one; WOULD_BREAK with the workloads that would stop, unless that was allowed
 */
export async function requestCascade(
  caseContext: CaseContext,
  actor: Actor,
  thing: CascadeRequest,
  asking: CascadeOptions,
): Promise<CascadeResult> {
  const planned = sign(caseContext, actor, requireReason(asking.reason));
  const now = caseContext.clock.now();
  const input: CaseInput = {
    ...thing,
    human: null,
    mode: 'CONTINUITY_FIRST',
    evaluatedAt: formatTime(now),
    lastWorkingDay: null,
  };
  const graphState = await caseContext.graphs.current(now);
  const { plan, kept } = await planCascadeCase(caseContext, graphState, input);
  const { previewHash: hash, breaks, needsApproval } = plan;
  const result = { hash, plan: kept, revision: graphState.revision, breaks, needsApproval };
  await requireExpected(caseContext, graphState, { input, plan, expected: asking.expectedHash ?? null });
  if (asking.dryRun === true) {
    remember(caseContext.store, hash, plan.body);
    return { ...result, case: null };
  }
  const allowBreaking = asking.allowBreaking === true;
  if (breaks.length > 0 && !allowBreaking) throw wouldBreak(thing.target, breaks);
  const offboarding = newCase(caseContext, kept, {
    input,
    asked: { mode: null, lastWorkingDay: null },
    planned,
    approved: null,
    needsApproval,
    allowBreaking,
    plannedOn: graphState.revision,
  });
  const facts = [madeFact(actor, offboarding, kept, breaks)];
  await putNewCase(caseContext, offboarding, { documents: [planDocument(offboarding.id, kept)], facts });
  return { ...result, case: offboarding };
}

/** The audit fact of a cascade also says whether a second person has to approve it, and why. */
function madeFact(actor: Actor, offboarding: Case, plan: KeptPlan, breaks: readonly string[]): AuditFact {
  const fact = plannedFact('CASE_PLANNED', actor, offboarding, plan);
  const { needsApproval, allowBreaking } = offboarding;
  return { ...fact, after: { ...fact.after, needsApproval, allowBreaking, breaks } };
}

interface Expected {
  readonly input: CaseInput;
  readonly plan: CascadePlan;
  readonly expected: string | null;
}

async function requireExpected(
  caseContext: CaseContext,
  graphState: GraphState,
  { input, plan, expected }: Expected,
): Promise<void> {
  if (expected === null || expected === plan.previewHash) return;
  const seen = recall(caseContext.store, expected);
  const message =
    `What would be done is not what the preview ${expected} showed; it is ${plan.previewHash} now. ` +
    'Look at the preview again (`dryRun`; on a command line, `--dry-run`).';
  if (seen === undefined) {
    throw planStale(message, [{ what: 'preview', id: null, before: expected, after: plan.previewHash }]);
  }
  // The ids of what a plan makes depend on its moment, so only plans for the same moment can be compared.
  const now = await planCascadeCase(caseContext, graphState, { ...input, evaluatedAt: seen.evaluatedAt });
  throw planStale(message, comparePlans(seen, now.plan.body));
}

function wouldBreak(target: string, workloads: readonly string[]): TendrilError {
  const shown = `${workloads.slice(0, 5).join(', ')}${workloads.length > 5 ? ', …' : ''}`;
  return new TendrilError(
    'WOULD_BREAK',
    `${shown} would stop without ${target}. Re-home them first (\`rehome\`), or ask again with \`allowBreaking\`: ` +
      'then a second person has to approve it.',
    { workloads },
  );
}
