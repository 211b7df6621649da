import type { Actor } from '../../model/audit.js';
import { formatTime } from '../../model/time.js';
import type { Case } from '../case/case.js';
import type { CaseAction } from '../case/case-action.js';
import { actionDocument, actionsOf } from '../case/case-documents.js';
import { isPossible, requirePossible } from '../case/case-states.js';
import { caseFact, changeCase } from '../case/change-case.js';
import type { CaseContext } from '../case-context.js';

/**
 * Continues a case that waits, is incomplete or was stopped. Refused actions are tried again under the keys they
 * have, actions that wait for their next attempt are tried at once, and in the end the case is verified again.
 *
 * @throws NOT_FOUND; CONFLICT where it was never executed, or is over and nothing of it is due
 */
export async function resumeOffboarding(caseContext: CaseContext, actor: Actor, id: string): Promise<Case> {
  return changeCase(caseContext, id, async (offboarding) => {
    if (!isDue(caseContext, offboarding)) requirePossible('RESUME', offboarding);
    const again = (await actionsOf(caseContext.store.journal, id))
      .map(afresh)
      .filter((action) => action !== null);
    const now = formatTime(caseContext.clock.now());
    return {
      case: offboarding.state === 'EXECUTING' ? offboarding : { ...offboarding, wakeAt: now },
      documents: again.map(actionDocument),
      facts: [
        caseFact('CASE_RESUMED', actor, offboarding, {
          after: { state: offboarding.state, again: again.map(({ action }) => action.id) },
        }),
      ],
    };
  });
}

/** Whether a verified case has to be verified again, because a waiver has run out or a token has expired. */
function isDue({ clock }: CaseContext, { state, wakeAt }: Case): boolean {
  return isPossible('RESUME_WHEN_DUE', state) && wakeAt !== null && Date.parse(wakeAt) <= clock.now();
}

/** An action in the state in which it is tried again; null where nothing changes. */
function afresh(action: CaseAction): CaseAction | null {
  const { state, notBefore, requestedAt } = action;
  if (state === 'IRREVOCABLE') {
    // An action that was requested before stays RUNNING: its intent is recorded already.
    return {
      ...action,
      state: requestedAt === null ? 'PENDING' : 'RUNNING',
      attempts: 0,
      notBefore: null,
      settledAt: null,
    };
  }
  if (state === 'RUNNING' && notBefore !== null) return { ...action, notBefore: null };
  return null;
}
