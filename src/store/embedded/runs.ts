import type { TimeSlice } from '../../async/time-slice.js';

/** How many rows are merged before the clock is looked at. */
const STEP = 500;

/** Merges runs that are each in order into one, without holding up the process. */
export async function mergeRuns<T>(
  runs: readonly (readonly T[])[],
  compare: (a: T, b: T) => number,
  slice: TimeSlice,
): Promise<readonly T[]> {
  let left = runs;
  while (left.length > 1) {
    const merged: (readonly T[])[] = [];
    for (let at = 0; at < left.length; at += 2) {
      const [one, other] = [left[at] as readonly T[], left[at + 1]];
      merged.push(other === undefined ? one : await mergeTwo(one, other, compare, slice));
    }
    left = merged;
  }
  return left[0] ?? [];
}

async function mergeTwo<T>(
  one: readonly T[],
  other: readonly T[],
  compare: (a: T, b: T) => number,
  slice: TimeSlice,
): Promise<T[]> {
  const all: T[] = [];
  let [left, right] = [0, 0];
  while (left < one.length && right < other.length) {
    const [a, b] = [one[left] as T, other[right] as T];
    if (compare(a, b) <= 0) {
      all.push(a);
      left += 1;
    } else {
      all.push(b);
      right += 1;
    }
    if (all.length % STEP === 0 && slice.isOver) await slice.giveWay();
  }
  for (; left < one.length; left += 1) all.push(one[left] as T);
  for (; right < other.length; right += 1) all.push(other[right] as T);
  return all;
}
