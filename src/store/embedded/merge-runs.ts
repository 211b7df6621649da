import type { TimeSlice } from '../../async/time-slice.js';

/** How many rows are merged between two looks at the clock. */
const ROWS_PER_CHECK = 500;

/** Merges sorted runs into one, as a merge sort does. Gives way to the event loop. */
export async function mergeRuns<T>(
  runs: readonly (readonly T[])[],
  compare: (a: T, b: T) => number,
  slice: TimeSlice,
): Promise<readonly T[]> {
  let remaining = runs;
  while (remaining.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < remaining.length; at += 2) {
      const [first, second] = [remaining[at] as readonly T[], remaining[at + 1]];
      merged.push(second === undefined ? first : await mergeTwo(first, second, compare, slice));
    }
    remaining = merged;
  }
  return remaining[0] ?? [];
}

async function mergeTwo<T>(
  first: readonly T[],
  second: readonly T[],
  compare: (a: T, b: T) => number,
  slice: TimeSlice,
): Promise<T[]> {
  const all: T[] = [];
  let [left, right] = [0, 0];
  while (left < first.length && right < second.length) {
    const [a, b] = [first[left] as T, second[right] as T];
    if (compare(a, b) <= 0) {
      all.push(a);
      left += 1;
    } else {
      all.push(b);
      right += 1;
    }
    if (all.length % ROWS_PER_CHECK === 0 && slice.isOver) await slice.giveWay();
  }
  for (; left < first.length; left += 1) all.push(first[left] as T);
  for (; right < second.length; right += 1) all.push(second[right] as T);
  return all;
}
