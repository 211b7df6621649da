import type { Actor } from '../../model/audit.js';
import { badInput } from '../../model/errors.js';
import type { CaseContext } from '../case-context.js';
import type { PlanBody } from '../plan/plan.js';
import type { DecisionAction } from '../policy/policy.js';
import type { Case, CaseDecision } from './case.js';
import { planDocument, planOf } from './case-documents.js';
import { requirePossible, stateAfter } from './case-states.js';
import { type CaseChange, caseFact, sign } from './change-case.js';
import { changePlan } from './change-plan.js';
import { findHuman } from './find-human.js';
import { withAuthor } from './new-case.js';
import { planCase } from './plan-case.js';
import { requireReason } from './reason.js';

/** Input of {@link decide}. */
export interface Decide {
  readonly offboarding: string;
  /** Id of what is decided about: one of the plan's decisions. */
  readonly entity: string;
  readonly action: DecisionAction;
  /** Id or email of who takes it over. */
  readonly successor?: string | null;
  /** Id of the identity to use for re-homing, in the place of one that is provisioned. */
  readonly managedIdentity?: string | null;
  readonly reason: string;
}

/**
 * Decides about one entity instead of the rules. The plan is made again for the same moment. It gets another hash,
 * and an approval is taken back.
 *
 * @throws NOT_FOUND; BAD_INPUT for what cannot be decided so; CONFLICT once the case is carried out or over
 */
export async function decide(caseContext: CaseContext, actor: Actor, asked: Decide): Promise<Case> {
  const by = sign(caseContext, actor, requireReason(asked.reason));
  const { revision } = await caseContext.store.head();
  const successor =
    asked.successor == null ? null : await findHuman(caseContext, revision, asked.successor, 'The successor');
  const decision: CaseDecision = {
    entity: asked.entity,
    action: asked.action,
    successor: successor?.id ?? null,
    managedIdentity: asked.managedIdentity ?? null,
    by,
  };
  return changePlan(caseContext, asked.offboarding, (seen) => decided(caseContext, actor, seen, decision));
}

async function decided(
  caseContext: CaseContext,
  actor: Actor,
  seen: Case,
  decision: CaseDecision,
): Promise<CaseChange> {
  requirePossible('DECIDE', seen);
  if (seen.input.kind !== 'OFFBOARDING') {
    throw badInput(
      `The case ${seen.id} is about one thing, so there is nothing to decide; cancel it or approve it.`,
    );
  }
  const decisions = [...seen.decisions, decision];
  const before = await planOf(caseContext.store.journal, seen);
  const { plan, plannedOn } = await planCase(caseContext, seen.input, decisions);
  const offboarding: Case = {
    ...seen,
    state: stateAfter('DECIDE', seen.state),
    decisions,
    authors: withAuthor(seen.authors, decision.by),
    approved: null,
    planHash: plan.hash,
    policyHash: plan.body.policyHash,
    plannedOn,
  };
  const fact = caseFact('CASE_DECIDED', actor, offboarding, {
    reason: decision.by.reason,
    entity: decision.entity,
    before: {
      state: seen.state,
      planHash: seen.planHash,
      decision: decisionOn(before.body, decision.entity),
    },
    after: {
      state: offboarding.state,
      planHash: offboarding.planHash,
      decision: decisionOn(plan.body, decision.entity),
      approvalTakenBackFrom: seen.approved?.subject ?? null,
      needsDecision: plan.needsDecision,
    },
  });
  return { case: offboarding, documents: [planDocument(offboarding.id, plan)], facts: [fact] };
}

/** The decision of a plan about an entity; null where it has none. */
function decisionOn({ decisions }: PlanBody, entity: string): Record<string, unknown> | null {
  const decision = decisions.find((candidate) => candidate.entity === entity);
  if (decision === undefined) return null;
  const { action, rule, guard, successor, managedIdentity } = decision;
  return { action, rule, guard, successor, managedIdentity };
}
