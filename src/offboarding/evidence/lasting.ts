const UNITS = [
  ['d', 86_400],
  ['h', 3_600],
  ['min', 60],
  ['s', 1],
] as const;

/** How many units are shown: a third one would not help a person. */
const TOLD = 2;

/** A number of seconds after a moment, for people: `10 h`, `2 d 3 h`, `4 d 15 h before`. */
export function lasting(seconds: number): string {
  let left = Math.round(Math.abs(seconds));
  const parts = UNITS.map(([unit, size]) => {
    const count = Math.floor(left / size);
    left -= count * size;
    return { unit, count };
  });
  const first = parts.findIndex(({ count }) => count > 0);
  if (first === -1) return '0 s';
  const told = parts.slice(first, first + TOLD).filter(({ count }) => count > 0);
  const words = told.map(({ unit, count }) => `${count} ${unit}`).join(' ');
  return seconds < 0 ? `${words} before` : words;
}
