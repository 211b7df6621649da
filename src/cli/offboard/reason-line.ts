import type { NamedStepFragment } from '../../documents/generated/graphql.js';

/** Steps of a path that are shown from its beginning and from its end; what lies between is `…`. */
const FIRST = 1;
const LAST = 2;

/**
 * A path in one line: `Tamsin Okoro → HAS_ACCOUNT → tamsin-okoro → … → ISSUED → release key`. Each step goes from
 * where the one before ended, whichever way its arrow points; an arrow that is gone against is drawn so.
 */
export function reasonLine(path: readonly NamedStepFragment[]): string {
  const [first] = path;
  if (first === undefined) return '';
  const parts = path.map(({ from, relationship: { type, from: start }, to }) =>
    start.id === from.id ? ` → ${type} → ${to.name}` : ` ← ${type} ← ${to.name}`,
  );
  const cut = parts.length > FIRST + LAST;
  const shown = cut ? [...parts.slice(0, FIRST), ' → …', ...parts.slice(-LAST)] : parts;
  return `${first.from.name}${shown.join('')}`;
}
