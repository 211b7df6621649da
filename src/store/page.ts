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
 * The rows of a page in the order of the query, and whether there are rows beyond it.
 *
 * @param taken up to `limit + 1` rows, from the end from which the page is taken
 * @param beyond whether there are rows on the other side of the place that the request names
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
 * The rows of a page among all sorted rows, from `first` to before `last`, and whether there are rows beyond it.
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

/** Binary search: how many of `size` sorted rows, each looked at by its position, come before the first that is not. */
export function countBefore(size: number, before: (position: number) => boolean): number {
  let [low, high] = [0, size];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (before(middle)) low = middle + 1;
    else high = middle;
  }
  return low;
}
