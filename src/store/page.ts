import { badInput } from '../model/errors.js';
import { MAX_PAGE, type PageRequest } from './queries.js';

/** @throws BAD_INPUT for a limit that no page has, or for two ends at once. */
export function checkPage<Place>({ limit, after, before }: PageRequest<Place>): void {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_PAGE) {
    throw badInput(`A page has 1 to ${MAX_PAGE} rows, not ${limit}; ask for fewer.`);
  }
  if (after !== undefined && before !== undefined) {
    throw badInput('A page begins after a place or ends before one; name one of the two.');
  }
}

/**
 * The rows of a page in the order asked for, and what lies beyond it.
 *
 * @param taken up to `limit + 1` rows, from the end that the page is taken from.
 * @param beyond whether rows lie on the other side of the place that was named.
 */
export function cut<T, Place>(
  { after, before, limit, fromEnd }: PageRequest<Place>,
  taken: readonly T[],
  beyond: boolean,
): { rows: T[]; hasNext: boolean; hasPrevious: boolean } {
  const rows = taken.slice(0, limit);
  const more = taken.length > limit;
  const earlier = after !== undefined && beyond;
  const later = before !== undefined && beyond;
  if (fromEnd === true) return { rows: rows.reverse(), hasPrevious: more || earlier, hasNext: later };
  return { rows, hasNext: more || later, hasPrevious: earlier };
}

/**
 * The rows of a page among all rows in order, `first` to before `last`, and what lies beyond it.
 *
 * @param from how many rows are at or before the place of `after`; 0 without it.
 * @param to how many rows are before the place of `before`; `total` without it.
 */
export function windowOf<Place>(
  { limit, fromEnd }: PageRequest<Place>,
  { from, to, total }: { readonly from: number; readonly to: number; readonly total: number },
): { first: number; last: number; hasNext: boolean; hasPrevious: boolean } {
  const first = fromEnd === true ? Math.max(from, to - limit) : from;
  const last = fromEnd === true ? to : Math.min(to, from + limit);
  return { first, last, hasNext: last < total, hasPrevious: first > 0 };
}

/** How many of `size` things in order, each looked at by its position, come before the first that is not `before`. */
export function countBefore(size: number, before: (position: number) => boolean): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
