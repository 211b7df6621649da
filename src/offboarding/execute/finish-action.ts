import type { Actor } from '../../model/audit.js';
import { notFound, TendrilError } from '../../model/errors.js';
import type { CallBack } from '../../sources/actuator.js';
import type { DocumentWrite } from '../../store/journal.js';
import type { Case } from '../case/case.js';
import { type CaseAction, isSettled } from '../case/case-action.js';
import { actionDocument, actionsAt } from '../case/case-documents.js';
import { isPossible } from '../case/case-states.js';
import { changeCase } from '../case/change-case.js';
import type { CaseContext } from '../case-context.js';
import { awakened } from './attest.js';
import { placeOf } from './by-key.js';
import { heardDocument, heardFor } from './heard-messages.js';
import { recordDone, recordRefused } from './record-outcome.js';

/**
 * Records the outcome of an action that a source has begun, when the source calls back. A second call changes
 * nothing, and neither does a call about an action that a person has attested or waived in the meantime.
 *
 * @param idempotencyKey of the order that was begun
 * @param message id of the signed message that called back; left out where there was none
 * @throws NOT_FOUND for an unknown key; UNAUTHENTICATED for a message that was used for another action, on whichever
 *   instance
 */
export async function finishAction(
  caseContext: CaseContext,
  actor: Actor,
  idempotencyKey: string,
  callBack: CallBack,
  message?: string,
): Promise<Case> {
  const place = await placeOf(caseContext.store.journal, idempotencyKey);
  if (place === undefined) throw notFound('Nothing was asked for under this key.');
  return changeCase(caseContext, place.case, async (offboarding, draft) => {
    const [action] = await actionsAt(caseContext.store.journal, place.case, [place.position]);
    const heard = await newlyHeard(caseContext, idempotencyKey, message);
    // The call may arrive before the answer that the action has begun. A cancelled case stays as it is.
    if (action === undefined || !isPossible('CALL_BACK', offboarding.state) || isOver(action, callBack)) {
      // The message is remembered also where it changes nothing, so that it cannot be replayed for another action.
      return heard.length === 0 ? null : { case: offboarding, documents: heard, facts: [] };
    }
    const outcome =
      callBack.outcome === 'DONE'
        ? await recordDone(caseContext, draft, actor, offboarding, action, {
            ...callBack,
            proof: 'ACKNOWLEDGED',
            reason: null,
          })
        : recordRefused(caseContext, actor, offboarding, action, callBack.why);
    return {
      case: awakened(caseContext, offboarding),
      documents: [actionDocument(outcome.action), ...heard],
      facts: outcome.facts,
    };
  });
}

/** Whether a call back comes too late. An action that was given up may still become DONE. */
function isOver(action: CaseAction, callBack: CallBack): boolean {
  return isSettled(action) && !(action.state === 'IRREVOCABLE' && callBack.outcome === 'DONE');
}

/**
 * The document that remembers a message; none where it is remembered already.
 *
 * @throws UNAUTHENTICATED where the message was used for another action
 */
async function newlyHeard(
  caseContext: CaseContext,
  key: string,
  message: string | undefined,
): Promise<DocumentWrite[]> {
  if (message === undefined) return [];
  const before = await heardFor(caseContext.store.journal, message);
  if (before === undefined) return [heardDocument(message, key)];
  if (before === key) return [];
  throw new TendrilError(
    'UNAUTHENTICATED',
    'The call back is not believed: the same message was for another action; give each message a webhook-id of its own.',
  );
}
