/** A moment: whole milliseconds since 1970-01-01T00:00:00Z. */
export type Millis = number;

const ISO = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;

/**
 * Reads an ISO 8601 time. A bare date is the start of that UTC day; digits past the millisecond are cut.
 * Undefined where the text is no such time (a 30th of February is none).
 */
export function parseTime(text: string): Millis | undefined {
  if (!ISO.test(text)) return undefined;
  const millis = Date.parse(text);
  if (Number.isNaN(millis)) return undefined;
  // Date.parse rolls 31 April over to 1 May; such a day does not exist.
  const day = new Date(`${text.slice(0, 10)}T00:00:00.000Z`);
  return day.toISOString().startsWith(text.slice(0, 10)) ? millis : undefined;
}

/** A moment as UTC, millisecond, ISO 8601: the one form Tendril writes. */
export function formatTime(at: Millis): string {
  return new Date(at).toISOString();
}
