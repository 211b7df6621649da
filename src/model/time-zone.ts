import type { Millis } from './time.js';

const HOUR = 3_600_000;
/** No time zone is farther from UTC than this. */
const FARTHEST = 26 * HOUR;
/** The days of a time zone, each as a formatter that was made once. */
const formatters = new Map<string, Intl.DateTimeFormat | null>();

/** Whether a text is the name of a time zone in the database of IANA, such as `Europe/Berlin`. */
export function isTimeZone(name: string): boolean {
  return formatterOf(name) !== null;
}

/**
 * The last millisecond of a day in a time zone.
 *
 * @param midnight the first moment of that day in UTC
 * @param timeZone an IANA name; undefined, or a name that is not known here: UTC
 */
export function endOfDay(midnight: Millis, timeZone: string | undefined): Millis {
  const next = midnight + 24 * HOUR;
  const formatter = timeZone === undefined ? null : formatterOf(timeZone);
  if (formatter === null) return next - 1;
  const day = new Date(midnight).toISOString().slice(0, 10);
  // Days follow one another, also where clocks are put forward at midnight or a day is left out.
  let [low, high] = [next - FARTHEST, next + FARTHEST];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (formatter.format(middle) <= day) low = middle;
    else high = middle;
  }
  return low;
}

function formatterOf(name: string): Intl.DateTimeFormat | null {
  let formatter = formatters.get(name);
  if (formatter === undefined) {
    formatter = made(name);
    formatters.set(name, formatter);
  }
  return formatter;
}

function made(timeZone: string): Intl.DateTimeFormat | null {
  // Some runtimes take an offset such as +01:00, which is the name of no place.
  if (!/^[A-Za-z]/.test(timeZone)) return null;
  try {
    // The dates of Sweden are written as in ISO 8601.
    return new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' });
  } catch {
    return null;
  }
}
