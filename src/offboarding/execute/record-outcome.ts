import type { Actor, AuditFact } from '../../model/audit.js';
import { formatTime } from '../../model/time.js';
import type { Answer, Proof } from '../../sources/actuator.js';
import type { Draft } from '../../store/draft.js';
import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import type { CaseContext } from '../case-context.js';
import { actionFact, BEGUN_EVENT, INTENT_EVENT } from './action-events.js';
import type { Applied, Applying } from './applied.js';
import { applyChanges } from './apply-changes.js';
import { type ExecutionLimits, waitAfter } from './limits.js';
import { applyRotation } from './rotation.js';

/** An action in its next state, and the audit facts about the transition. */
export interface RecordedOutcome {
  readonly action: CaseAction;
  readonly facts: readonly AuditFact[];
}

/** What is known of an action that was done: how strong the proof is, and where to find it. */
export interface OutcomeProof {
  readonly proof: Proof;
  readonly reference: string | null;
  readonly externalId: string | null;
  readonly already: boolean;
  readonly reason: string | null;
}

/** Records that an action is done, and makes its changes in the same draft. */
export async function recordDone(
  caseContext: CaseContext,
  draft: Draft,
  actor: Actor,
  offboarding: Case,
  action: CaseAction,
  proof: OutcomeProof,
): Promise<RecordedOutcome> {
  const at = Math.max(caseContext.clock.now(), draft.base.at);
  const applied = await changesOf(caseContext, draft, action, {
    case: offboarding.id,
    at,
    externalId: proof.externalId,
  });
  const after: CaseAction = {
    ...action,
    state: 'DONE',
    proof: proof.proof,
    proofReference: proof.reference,
    lastError: null,
    notBefore: null,
    settledAt: formatTime(at),
  };
  const { reason, already } = proof;
  return {
    action: after,
    facts: [actionFact('ACTION_DONE', actor, offboarding, [action, after], { reason, applied, already })],
  };
}

function changesOf(
  caseContext: CaseContext,
  draft: Draft,
  { action }: CaseAction,
  how: Applying,
): Promise<Applied[]> {
  return action.kind === 'ROTATE_SECRET'
    ? applyRotation(caseContext.store, draft, action, how)
    : applyChanges(draft, action.changes, how);
}

/** Records that an action is refused and will not be done. */
export function recordRefused(
  caseContext: CaseContext,
  actor: Actor,
  offboarding: Case,
  action: CaseAction,
  why: string,
): RecordedOutcome {
  const settledAt = formatTime(caseContext.clock.now());
  const after: CaseAction = { ...action, state: 'IRREVOCABLE', lastError: why, notBefore: null, settledAt };
  return { action: after, facts: [actionFact('ACTION_REFUSED', actor, offboarding, [action, after])] };
}

/** Records the answer of a source. */
export async function recordAnswer(
  caseContext: CaseContext,
  draft: Draft,
  actor: Actor,
  offboarding: Case,
  before: CaseAction,
  answer: Answer,
  limits: ExecutionLimits,
  random: number,
): Promise<RecordedOutcome> {
  const action = { ...before, attempts: before.attempts + 1 };
  switch (answer.outcome) {
    case 'DONE':
      return recordDone(caseContext, draft, actor, offboarding, action, { ...answer, reason: null });
    case 'REFUSED':
      return recordRefused(caseContext, actor, offboarding, action, answer.why);
    case 'BEGUN':
      return recordBegun(caseContext, actor, offboarding, action, answer.reference, limits);
    case 'FOR_A_PERSON':
      return recordWaitingForPerson(caseContext, actor, offboarding, action);
    case 'RETRY':
      return recordRetry(caseContext, actor, offboarding, action, answer, limits, random);
  }
}

function recordBegun(
  caseContext: CaseContext,
  actor: Actor,
  offboarding: Case,
  action: CaseAction,
  reference: string | null,
  limits: ExecutionLimits,
): RecordedOutcome {
  if (action.attempts > limits.attempts) {
    return recordRefused(
      caseContext,
      actor,
      offboarding,
      action,
      'It was begun again and again, and no call back said how it ended.',
    );
  }
  const notBefore = formatTime(caseContext.clock.now() + limits.callBack);
  const after: CaseAction = {
    ...action,
    state: 'REQUESTED',
    proof: 'REQUESTED',
    proofReference: reference,
    notBefore,
  };
  const isNew = action.state !== 'REQUESTED';
  return {
    action: after,
    facts: isNew ? [actionFact(BEGUN_EVENT, actor, offboarding, [action, after])] : [],
  };
}

/** Records that a person was asked. The request is the intent; what the person attests will be the outcome. */
function recordWaitingForPerson(
  caseContext: CaseContext,
  actor: Actor,
  offboarding: Case,
  action: CaseAction,
): RecordedOutcome {
  const isFirst = action.requestedAt === null;
  const after: CaseAction = {
    ...action,
    state: 'WAITING_FOR_PERSON',
    notBefore: null,
    requestedAt: action.requestedAt ?? formatTime(caseContext.clock.now()),
  };
  return {
    action: after,
    facts: isFirst ? [actionFact(INTENT_EVENT, actor, offboarding, [action, after])] : [],
  };
}

function recordRetry(
  caseContext: CaseContext,
  actor: Actor,
  offboarding: Case,
  action: CaseAction,
  { why, after }: Extract<Answer, { outcome: 'RETRY' }>,
  limits: ExecutionLimits,
  random: number,
): RecordedOutcome {
  if (action.attempts >= limits.attempts) {
    return recordRefused(
      caseContext,
      actor,
      offboarding,
      action,
      `It did not work ${action.attempts} times; the last time: ${why}`,
    );
  }
  const asked = Math.min(after ?? 0, limits.longestRequestedWait);
  const wait = Math.max(asked, waitAfter(action.attempts, limits, random));
  const notBefore = formatTime(caseContext.clock.now() + wait);
  return { action: { ...action, state: 'RUNNING', lastError: why, notBefore }, facts: [] };
}
