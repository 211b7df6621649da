import type { ReasonStep } from '../../offboarding/plan/plan.js';
import type { Named } from './case-view.js';

/** Steps of a path that are shown from its beginning and from its end; what lies between is `…`. */
const FIRST = 1;
const LAST = 2;

/**
 * A path in one line: `Tamsin Okoro → HAS_ACCOUNT → tamsin-okoro → … → ISSUED → release key`. Each step goes from
 * where the one before ended, whichever way its arrow points; an arrow that is gone against is drawn so.
 */
export function reasonLine(path: readonly ReasonStep[], named: (id: string) => Named): string {
  const [first] = path;
  if (first === undefined) return '';
  let at = startOf(path);
  const parts = path.map(({ type, from, to }) => {
    const against = to === at && from !== at;
    at = against ? from : to;
    return against ? ` ← ${type} ← ${named(at).name}` : ` → ${type} → ${named(at).name}`;
  });
  const cut = parts.length > FIRST + LAST;
  const shown = cut ? [...parts.slice(0, FIRST), ' → …', ...parts.slice(-LAST)] : parts;
  return `${named(startOf(path)).name}${shown.join('')}`;
}

/** Of the first step, the end that the second does not go on from. */
function startOf([first, second]: readonly ReasonStep[]): string {
  const { from, to } = first!;
  if (second === undefined) return from;
  const goesOn = (id: string) => second.from === id || second.to === id;
  return goesOn(from) && !goesOn(to) ? to : from;
}
