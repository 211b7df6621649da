/**
 * Compares strings by their UTF-8 bytes, as all of Tendril compares ids (house rule).
 *
 * JavaScript compares UTF-16 code units, which differs only where one side has a surrogate pair
 * (a code point from U+10000) and the other a code unit from U+E000 to U+FFFF.
 */
export function compareUtf8(a: string, b: string): number {
  if (a === b) return 0;
  const shared = Math.min(a.length, b.length);
  let at = 0;
  while (at < shared && a.charCodeAt(at) === b.charCodeAt(at)) at += 1;
  if (at === shared) return a.length - b.length;
  return rank(a.charCodeAt(at)) - rank(b.charCodeAt(at));
}

/** Ranks surrogates above all other code units, as UTF-8 does. */
function rank(unit: number): number {
  return unit >= 0xd800 && unit <= 0xdfff ? unit + 0x10000 : unit;
}
