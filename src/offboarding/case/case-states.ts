import { conflict } from '../../model/errors.js';
import type { Case, CaseState } from './case.js';

/** States in which a plan may still change. Once carrying out has begun it is what was approved. */
export const PLANNING_STATES: readonly CaseState[] = ['IN_REVIEW', 'APPROVED'];

/** What can be done with a case in a state, for whoever tried something else. */
const INSTEAD: Readonly<Record<CaseState, string>> = {
  IN_REVIEW: 'it waits for decisions and for approval',
  APPROVED: 'it is approved; decide or plan again to take that back, or execute it',
  EXECUTING: 'it is being carried out; wait for its end, or cancel it until phase 1, 3 or 4 has begun',
  WAITING:
    'it is being carried out and waits; resume it when that is over, or cancel it until phase 1, 3 or 4 has begun',
  VERIFIED: 'it is over; plan a new one if there is anything left to do',
  INCOMPLETE:
    'its plan was carried out and something is left; attest or waive that, or plan a new case for it',
  CANCELLED: 'it was cancelled; plan a new one',
};

/**
 * Holds that a case is in one of the states in which something may be done.
 *
 * @param doing what is tried, as in "cannot be …"
 * @throws CONFLICT with the state and what to do instead
 */
export function requireState(offboarding: Case, allowed: readonly CaseState[], doing: string): void {
  if (allowed.includes(offboarding.state)) return;
  throw conflict(
    `The case ${offboarding.id} is ${offboarding.state} and cannot be ${doing}: ${INSTEAD[offboarding.state]}.`,
    {
      state: offboarding.state,
    },
  );
}
