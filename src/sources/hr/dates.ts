import { parseTime } from '../../model/time.js';

/** The order of the parts of a date that is not in ISO 8601. */
export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];

/**
 * A day as HR systems write it (`2026-11-27`, `27.11.2026`, `11/27/2026`, or a time in ISO 8601) in ISO 8601. Nothing is
 * guessed: `11/12/2026` is only read with an order.
 *
 * @returns undefined where it is none
 */
export function readDay(text: string, order: DateOrder): string | undefined {
  if (parseTime(text) !== undefined) return text;
  const parts = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$/.exec(text);
  if (!parts) return undefined;
  const [first, second, third] = parts.slice(1) as [string, string, string];
  const [year, month, day] =
    order === 'ymd'
      ? [first, second, third]
      : order === 'dmy'
        ? [third, second, first]
        : [third, first, second];
  if (year.length !== 4) return undefined;
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
  return parseTime(iso) === undefined ? undefined : iso;
}

/** Whether this machine knows a time zone by that IANA name. */
export function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return /^[A-Za-z]/.test(name);
  } catch {
    return false;
  }
}

/** The first moment after a bare day in a time zone, or the time itself, in milliseconds. */
export function endOf(day: string, timeZone = 'UTC'): number {
  const at = parseTime(day) ?? Number.NaN;
  if (day.includes('T')) return at;
  const end = at + 86_400_000;
  return end - offsetOf(end, timeZone);
}

/** How far a time zone is ahead of UTC at a moment, in milliseconds. */
function offsetOf(at: number, timeZone: string): number {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  const part = Object.fromEntries(format.formatToParts(at).map(({ type, value }) => [type, Number(value)]));
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = part;
  return Date.UTC(year, month - 1, day, hour, minute, second) - at;
}
