/**
 * Patterns of IAM: `*` is any run of characters, `?` any one. Both sides of a question may be patterns here,
 * because what is asked is never "does this request match" but "does this rule take in all of that one".
 */

/** One spelling for patterns that mean the same: runs of wildcards as the question marks, then one star. */
export function normalise(pattern: string): string {
  return pattern.replace(/[*?]+/g, (run) => {
    const single = run.replaceAll('*', '');
    return run.length === single.length ? single : `${single}*`;
  });
}

export const isPattern = (text: string) => /[*?]/.test(text);

/**
 * Whether `wide` matches everything that `narrow` does. A star of `narrow` can only be taken in by a star of
 * `wide`; so a yes is always right, and a no may be wrong for odd spellings only, which keeps access.
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
      // Give the last star one more symbol and try again from behind it.
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

/** Whether any text matches both patterns. Row by row over the table of their prefixes. */
export function intersects(a: string, b: string): boolean {
  if (!isPattern(a) && !isPattern(b)) return a === b;
  // row[j]: the first i symbols of `a` and the first j of `b` have a text in common.
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
  // A star stands for nothing, or takes in one more symbol of the other side.
  if (x === '*' || y === '*') return above || left;
  if (x === undefined || y === undefined) return false;
  return diagonal && (x === '?' || y === '?' || x === y);
}
