import type { Actor } from '../../model/audit.js';
import { conflict } from '../../model/errors.js';
import { formatTime } from '../../model/time.js';
import type { CaseContext } from '../case-context.js';
import type { Phase } from '../plan/plan.js';
import type { Case } from './case.js';
import { requireOwnClock } from './case-clock.js';
import { isOpen, requirePossible, stateAfter } from './case-states.js';
import { caseFact, changeCase, sign } from './change-case.js';
import { requireReason } from './reason.js';

/** Input of {@link cancelOffboarding}. */
export interface CancelOffboarding {
  readonly offboarding: string;
  readonly reason: string;
}

/** Phases that remove access: once one has begun, the case cannot be cancelled (api, section 3). */
const TAKING_AWAY: readonly Phase[] = [1, 3, 4];

/**
 * Cancels a case before it removes any access. Where no phase has begun, it is CANCELLED at once. Otherwise it is
 * signed as cancelled and goes on EXECUTING: its runner does the actions of `undoActions` in place of the rest of the
 * plan, and then makes it CANCELLED. Rotated secrets and new owners stay as they are.
 *
 * @throws NOT_FOUND; CONFLICT once phase 1, 3 or 4 has begun, or when it is over
 */
export async function cancelOffboarding(
  caseContext: CaseContext,
  actor: Actor,
  asked: CancelOffboarding,
): Promise<Case> {
  const reason = requireReason(asked.reason);
  const change = async (seen: Case) => {
    requirePossible('CANCEL', seen);
    // A second cancellation changes nothing.
    if (seen.cancelled !== null) return null;
    requireNothingTaken(seen);
    // What has begun is undone by a run, which goes by the clock.
    if (seen.begun.length > 0) requireOwnClock(caseContext, seen);
    const offboarding = seen.begun.length === 0 ? cancelled(caseContext, seen) : undone(caseContext, seen);
    const signed: Case = { ...offboarding, cancelled: sign(caseContext, actor, reason) };
    const fact = caseFact('CASE_CANCELLED', actor, signed, {
      reason,
      before: { state: seen.state },
      after: { state: signed.state, toBeUndone: isOpen(signed) },
    });
    return { case: signed, facts: [fact] };
  };
  return changeCase(caseContext, asked.offboarding, change, { anyClock: true });
}

function requireNothingTaken({ id, begun }: Case): void {
  const taking = begun.filter((phase) => TAKING_AWAY.includes(phase));
  if (taking.length === 0) return;
  throw conflict(
    `Phase ${taking[0]} of the case ${id} has begun, and what it takes away does not come back. ` +
      'Let it go on; what should have stayed is granted again by whoever owns it.',
    { begun },
  );
}

/** The case after its end. The new fencing number keeps a runner that still holds the lease from writing. */
function cancelled(caseContext: CaseContext, offboarding: Case): Case {
  return {
    ...offboarding,
    state: stateAfter('CANCEL', offboarding.state, 'CANCELLED'),
    lease: null,
    fencing: offboarding.fencing + 1,
    wakeAt: null,
    because: null,
    endedAt: formatTime(caseContext.clock.now()),
  };
}

/** The case while phase 2 is undone. A runner looks at it at once. */
function undone(caseContext: CaseContext, offboarding: Case): Case {
  return {
    ...offboarding,
    state: stateAfter('CANCEL', offboarding.state, 'EXECUTING'),
    wakeAt: formatTime(caseContext.clock.now()),
    because: 'It was cancelled; what it provisioned is being retired again.',
  };
}
