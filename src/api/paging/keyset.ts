import { compareUtf8 } from '../../model/utf8.js';
import type { Limits } from '../limits/limits.js';
import { type CursorPart, decodeCursor, encodeCursor } from './cursors.js';
import { type ForwardPaging, type Page, pageSize } from './paging.js';

/** An order of a computed list: its name in cursors, and the place of each row, whose last part is unique. */
export interface Keyset<T> {
  readonly list: string;
  keyOf(item: T): readonly CursorPart[];
  /** Which parts are descending; the others are ascending. */
  readonly descending?: readonly boolean[];
}

/** Orders two places. Texts compare by their UTF-8 bytes. */
export function compareKeys(a: readonly CursorPart[], b: readonly CursorPart[], down?: readonly boolean[]) {
  for (let at = 0; at < a.length; at += 1) {
    const order = comparePart(a[at] ?? null, b[at] ?? null);
    if (order !== 0) return down?.[at] ? -order : order;
  }
  return 0;
}

function comparePart(a: CursorPart, b: CursorPart): number {
  if (typeof a === 'string' && typeof b === 'string') return compareUtf8(a, b);
  return Number(a) - Number(b);
}

/** The rows in the order of a keyset. */
export function sorted<T>(items: readonly T[], keyset: Keyset<T>): T[] {
  const keyed = items.map((item) => ({ item, key: keyset.keyOf(item) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key, keyset.descending));
  return keyed.map((row) => row.item);
}

/**
 * A page of a computed list, which is in the order of the keyset. Where the row of a cursor is
 * gone, the page begins where that row would have been.
 */
export function forwardPage<T>(
  items: readonly T[],
  keyset: Keyset<T>,
  paging: ForwardPaging,
  limits: Limits,
  revision: number,
): Page<T> {
  const size = pageSize(paging.first, 'first', limits);
  const start = paging.after == null ? 0 : placeAfter(items, keyset, paging.after);
  const rows = items.slice(start, start + size);
  return {
    items: rows,
    cursors: rows.map((item) => encodeCursor(keyset.list, keyset.keyOf(item))),
    hasNext: start + rows.length < items.length,
    hasPrevious: start > 0,
    total: items.length,
    revision,
  };
}

/** Position of the first row after the cursor, by binary search. */
function placeAfter<T>(items: readonly T[], keyset: Keyset<T>, cursor: string): number {
  const first = items[0];
  if (first === undefined) return 0;
  const key = decodeCursor(cursor, keyset.list, keyset.keyOf(first).length);
  let low = 0;
  let high = items.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const order = compareKeys(keyset.keyOf(items[middle] as T), key, keyset.descending);
    if (order <= 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
