import type { NamedStepFragment } from '../../documents/generated/graphql.js';

/** How a text names a thing whose id does not stand beside. */
export type NameOf = (thing: { readonly id: string; readonly name: string }) => string;

/** Steps of a path that are shown from its beginning and from its end; what lies between is `…`. */
const FIRST = 1;
const LAST = 2;

/**
 * A path in one line: `Tamsin Okoro → HAS_ACCOUNT → tamsin-okoro → … → ISSUED → release key`. Each step goes from
 * where the one before ended, whichever way its arrow points; an arrow that is gone against is drawn so.
 */
export function reasonLine(path: readonly NamedStepFragment[], nameOf: NameOf): string {
  const [first] = path;
  if (first === undefined) return '';
  const parts = path.map(({ from, relationship: { type, from: start }, to }) =>
    start.id === from.id ? ` → ${type} → ${nameOf(to)}` : ` ← ${type} ← ${nameOf(to)}`,
  );
  const cut = parts.length > FIRST + LAST;
  const shown = cut ? [...parts.slice(0, FIRST), ' → …', ...parts.slice(-LAST)] : parts;
  return `${nameOf(first.from)}${shown.join('')}`;
}
