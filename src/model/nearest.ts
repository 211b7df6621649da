/** At most this many suggestions are made. */
const MOST = 3;

/**
 * The candidates that a word was probably meant to be, the nearest first; capitals and `-` or `_` make no difference.
 * One that is further away than two of five letters is not meant.
 */
export function nearest(word: string, candidates: readonly string[]): string[] {
  const sought = plain(word);
  return candidates
    .map((candidate) => ({ candidate, distance: distanceOf(sought, plain(candidate)) }))
    .filter(
      ({ candidate, distance }) => distance <= Math.max(1, 0.4 * Math.min(word.length, candidate.length)),
    )
    .sort((a, b) => a.distance - b.distance)
    .slice(0, MOST)
    .map(({ candidate }) => candidate);
}

const plain = (word: string) => word.toLowerCase().replaceAll('-', '_');

/**
 * The number of letters to insert, delete, replace, or exchange with their neighbour (optimal string alignment). A
 * beginning costs one letter at most.
 */
function distanceOf(a: string, b: string): number {
  if (a.length > 2 && b.startsWith(a)) return 1;
  const rows = [Array.from({ length: b.length + 1 }, (_, at) => at)];
  const at = (i: number, j: number): number => rows[i]?.[j] ?? Number.POSITIVE_INFINITY;
  for (let i = 1; i <= a.length; i += 1) {
    const row = [i];
    rows.push(row);
    for (let j = 1; j <= b.length; j += 1) {
      const replaced = at(i - 1, j - 1) + (a[i - 1] === b[j - 1] ? 0 : 1);
      const exchanged = a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] ? at(i - 2, j - 2) + 1 : replaced;
      row.push(Math.min(replaced, exchanged, at(i - 1, j) + 1, at(i, j - 1) + 1));
    }
  }
  return at(a.length, b.length);
}
