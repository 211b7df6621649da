import { badInput } from '../../model/errors.js';
import { type Millis, parseTime } from '../../model/time.js';
import type { Mode } from '../plan/plan.js';

const DAY = 86_400_000;
const BARE_DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * The end of a last working day: the instant given, and of a bare date the last millisecond of that UTC day
 * (semantics, section 5). Null where none is given.
 *
 * @throws BAD_INPUT for text that is no day and no moment
 */
export function endOfLastWorkingDay(given: string | null): Millis | null {
  if (given === null) return null;
  const at = parseTime(given);
  if (at === undefined) {
    throw badInput(
      `The last working day ${JSON.stringify(given)} is no day and no moment; give one as 2026-11-30 or 2026-11-30T17:00:00Z.`,
    );
  }
  return BARE_DATE.test(given) ? at + DAY - 1 : at;
}

/** The order of phases where nobody names one: make before break while the last working day is ahead. */
export function defaultMode(lastWorkingDay: Millis | null, now: Millis): Mode {
  return lastWorkingDay !== null && lastWorkingDay > now ? 'CONTINUITY_FIRST' : 'SECURITY_FIRST';
}
