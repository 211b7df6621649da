/** A time, as whole milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Reads an ISO 8601 time. A date alone is the start of that UTC day; digits after the millisecond are cut off.
 *
 * @returns undefined where the text is no such time, as a 30th of February
 */
export function parseTime(text: string): Millis | undefined {
  if (!ISO.test(text)) return undefined;
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) return undefined;
  // Date.parse rolls 31 April over to 1 May; such a day does not exist.
  const day = new Date(`${text.slice(0, 10)}T00:00:00.000Z`);
  return day.toISOString().startsWith(text.slice(0, 10)) ? millis : undefined;
}

/** A time as ISO 8601 in UTC with milliseconds: the one form that Tendril writes. */
export function formatTime(at: Millis): string {
  return new Date(at).toISOString();
}
