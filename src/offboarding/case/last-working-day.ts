import { badInput } from '../../model/errors.js';
import { type Millis, parseTime } from '../../model/time.js';
import { endOfDay } from '../../model/time-zone.js';
import type { Mode } from '../plan/plan.js';

const BARE_DATE = /^\d{4}-\d\d-\d\d$/;

/**
 * The end of a last working day: the instant given, and of a bare date the last millisecond of that day in the time zone of
 * the human, else in UTC (semantics, section 5). Null where none is given.
 *
 * @param timeZone the `timeZone` of the human; anything but text: unknown
 * @throws BAD_INPUT for text that is no day and no moment
 */
export function endOfLastWorkingDay(given: string | null, timeZone: unknown): Millis | null {
  if (given === null) return null;
  const at = parseTime(given);
  if (at === undefined) {
    throw badInput(
      `The last working day ${JSON.stringify(given)} is no day and no moment; give one as 2026-11-30 or 2026-11-30T17:00:00Z.`,
    );
  }
  if (!BARE_DATE.test(given)) return at;
  return endOfDay(at, typeof timeZone === 'string' ? timeZone : undefined);
}

/** The order of phases where nobody names one: make before break while the last working day is ahead. */
export function defaultMode(lastWorkingDay: Millis | null, now: Millis): Mode {
  return lastWorkingDay !== null && lastWorkingDay > now ? 'CONTINUITY_FIRST' : 'SECURITY_FIRST';
}
