import { badInput } from '../../model/errors.js';
import { type Limits, overLimit } from '../limits/limits.js';
import { type CursorPart, decodeCursor } from './cursors.js';

/** The page size where none is given. */
export const DEFAULT_PAGE = 50;

/** A page of any list: its rows, a cursor for each, and where the page stands in the list. */
export interface Page<T> {
  readonly items: readonly T[];
  readonly cursors: readonly string[];
  readonly hasNext: boolean;
  readonly hasPrevious: boolean;
  /** The number of rows of the whole list; where counting costs reads, a function that counts. */
  readonly total: number | (() => Promise<number>);
  readonly revision: number;
}

export interface ForwardPaging {
  readonly first?: number | null;
  readonly after?: string | null;
}

export interface Paging extends ForwardPaging {
  readonly last?: number | null;
  readonly before?: string | null;
}

/** A page of a stored list in the terms of the store; with `size` 0 only the count is wanted. */
export interface StoredPage<Place> {
  readonly size: number;
  /** The limit for the store, which is 1 at least. */
  readonly limit: number;
  readonly fromEnd?: true;
  readonly after?: Place;
  readonly before?: Place;
}

/** @throws BAD_INPUT, LIMIT_EXCEEDED */
export function pageSize(asked: number | null | undefined, name: 'first' | 'last', limits: Limits): number {
  const size = asked ?? DEFAULT_PAGE;
  if (size < 0) throw badInput(`\`${name}\` is negative. Ask for 0 to ${limits.pageSize} rows.`);
  if (size > limits.pageSize) throw overLimit('pageSize', limits, 'Ask for fewer, and go on after the last.');
  return size;
}

/**
 * Which page of a stored list was asked for: `first` with `after`, or `last` with `before`.
 *
 * @param list the list and order that cursors must belong to
 * @param length how many parts a place has
 */
export function storedPage<Place>(
  paging: Paging,
  limits: Limits,
  list: string,
  length: number,
  place: (parts: readonly CursorPart[]) => Place,
): StoredPage<Place> {
  const backward = paging.last != null;
  if (backward && paging.first != null) throw badInput('Give `first` or `last`, not both.');
  if (backward ? paging.after != null : paging.before != null) {
    throw badInput('`after` goes with `first`, and `before` with `last`.');
  }
  const size = pageSize(backward ? paging.last : paging.first, backward ? 'last' : 'first', limits);
  const cursor = backward ? paging.before : paging.after;
  const at = cursor == null ? undefined : place(decodeCursor(cursor, list, length));
  return {
    size,
    limit: Math.max(1, size),
    ...(backward ? { fromEnd: true as const } : {}),
    ...(at === undefined ? {} : backward ? { before: at } : { after: at }),
  };
}
