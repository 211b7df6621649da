/**
 * Patterns of IAM: `*` matches any number of characters, `?` exactly one. Both operands may be patterns, because the
 * question is never whether a request matches, but whether one rule covers another.
 */

/**
 * One spelling for patterns with the same meaning: in a run of wildcards the question marks come first, then one
 * star.
 */
export function normalise(pattern: string): string {
  return pattern.replace(/[*?]+/g, (run) => {
    const single = run.replaceAll('*', '');
    return run.length === single.length ? single : `${single}*`;
  });
}

/** Whether a text has wildcards. */
export const isPattern = (text: string) => /[*?]/.test(text);

/**
 * Whether `wide` matches everything that `narrow` does. Only a star of `wide` can match a star of `narrow`. So true is
 * always right; false may be wrong for unusual spellings, and then access is kept rather than lost.
 */
export function covers(wide: string, narrow: string): boolean {
  let at = 0;
  let to = 0;
  let star = -1;
  let resume = 0;
  while (to < narrow.length) {
    const symbol = wide[at];
    if (symbol === '*') {
      star = at;
      resume = to;
      at += 1;
    } else if (symbol !== undefined && takes(symbol, narrow[to] as string)) {
      at += 1;
      to += 1;
    } else if (star >= 0) {
      // The last star matches one symbol more; go on after it.
      at = star + 1;
      resume += 1;
      to = resume;
    } else {
      return false;
    }
  }
  while (wide[at] === '*') at += 1;
  return at === wide.length;
}

const takes = (symbol: string, other: string) =>
  symbol === '?' ? other !== '*' : symbol === other && other !== '*';

/** Whether any text matches both patterns: dynamic programming over their prefixes. */
export function intersects(a: string, b: string): boolean {
  if (!isPattern(a) && !isPattern(b)) return a === b;
  // row[j]: some text matches both the first i symbols of `a` and the first j symbols of `b`.
  let row: boolean[] = [];
  for (let i = 0; i <= a.length; i += 1) {
    const next: boolean[] = [];
    for (let j = 0; j <= b.length; j += 1) {
      next.push(shares(a[i - 1], b[j - 1], row[j] === true, next[j - 1] === true, row[j - 1] === true));
    }
    row = next;
  }
  return row[b.length] === true;
}

function shares(
  x: string | undefined,
  y: string | undefined,
  above: boolean,
  left: boolean,
  diagonal: boolean,
) {
  if (x === undefined && y === undefined) return true;
  // A star matches nothing, or one more symbol of the other pattern.
  if (x === '*' || y === '*') return above || left;
  if (x === undefined || y === undefined) return false;
  return diagonal && (x === '?' || y === '?' || x === y);
}
