import type { Actor, AuditFact } from '../../model/audit.js';
import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import { caseFact } from '../case/change-case.js';
import type { Applied } from './applied.js';

/** Event type: written before a source or a person is asked, once for each action however often it is tried (I5). */
export const INTENT_EVENT = 'ACTION_INTENDED';

/** Event type: a source has begun and will call back. This is neither an intent nor an outcome. */
export const BEGUN_EVENT = 'ACTION_BEGUN';

/** Event types of outcomes, written in the commit that changes the state of the action (I5). */
export const OUTCOME_EVENTS = ['ACTION_DONE', 'ACTION_REFUSED', 'ACTION_WAIVED'] as const;
export type OutcomeEvent = (typeof OUTCOME_EVENTS)[number];

/** Event type: a value was issued and written nowhere, and is lost: it is revoked, and issued again under a new key. */
export const LOST_EVENT = 'VALUE_LOST';

/** Event type: a rotation that had to wait until tokens were dead is complete. */
export const ROTATION_EVENT = 'ROTATION_COMPLETED';

/** The audit fact about an action that went from one state to another, with everything that changed in the graph. */
export function actionFact(
  type: OutcomeEvent | typeof INTENT_EVENT | typeof BEGUN_EVENT | typeof LOST_EVENT | typeof ROTATION_EVENT,
  actor: Actor,
  offboarding: Case,
  [before, after]: readonly [CaseAction, CaseAction],
  rest: {
    readonly reason?: string | null;
    readonly applied?: readonly Applied[];
    readonly already?: boolean;
  } = {},
): AuditFact {
  const { applied = [], already = false } = rest;
  return caseFact(type, actor, offboarding, {
    entity: after.action.entity,
    reason: rest.reason ?? reasonOf(offboarding),
    before: { state: before.state, ...changed(applied, 'before') },
    after: {
      action: after.action.id,
      idempotencyKey: after.idempotencyKey,
      state: after.state,
      proof: after.proof,
      reference: after.proofReference,
      ...(already ? { already } : {}),
      ...(after.state === 'IRREVOCABLE' ? { why: after.lastError } : {}),
      ...(after.waiver === null ? {} : { waiver: { ...after.waiver } }),
      ...changed(applied, 'after'),
    },
  });
}

function changed(applied: readonly Applied[], side: 'before' | 'after'): Record<string, unknown> {
  if (applied.length === 0) return {};
  return { changed: applied.map(({ what, ...sides }) => ({ ...what, is: sides[side] })) };
}

/** The reason given for a case: that of the approval, else that of the planning. */
function reasonOf(offboarding: Case): string | null {
  return offboarding.approved?.reason ?? offboarding.planned.reason;
}

/** The actor in whose name a runner carries a case on: the person who executed it. */
export function actorOf({ executed }: Case): Actor {
  if (executed === null) return { subject: 'tendril', signedInBy: 'system', requestId: null };
  return { subject: executed.subject, signedInBy: executed.signedInBy, requestId: null };
}
