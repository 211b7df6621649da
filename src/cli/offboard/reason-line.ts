import { inWalkingOrder, type ReasonStep } from '../../graph/reason.js';
import type { Named } from './case-view.js';

/** Steps of a path that are shown from its beginning and from its end; what lies between is `…`. */
const FIRST = 1;
const LAST = 2;

/**
 * A path in one line: `Tamsin Okoro → HAS_ACCOUNT → tamsin-okoro → … → ISSUED → release key`. Each step goes from
 * where the one before ended, whichever way its arrow points; an arrow that is gone against is drawn so.
 */
export function reasonLine(path: readonly ReasonStep[], named: (id: string) => Named): string {
  const walked = inWalkingOrder(path);
  const [first] = walked;
  if (first === undefined) return '';
  const parts = walked.map(({ step: { type }, to, against }) =>
    against ? ` ← ${type} ← ${named(to).name}` : ` → ${type} → ${named(to).name}`,
  );
  const cut = parts.length > FIRST + LAST;
  const shown = cut ? [...parts.slice(0, FIRST), ' → …', ...parts.slice(-LAST)] : parts;
  return `${named(first.from).name}${shown.join('')}`;
}
