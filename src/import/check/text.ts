import { MAX_NESTING } from '../limits.js';
import type { Flaw } from '../problems.js';
import { type Leaf, leaves } from './leaves.js';

/** Escapes that could write a NUL or half of a surrogate pair. A line without them needs no closer look. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;

/** Whether the JSON text of an item may hold text that {@link textFlaws} refuses. */
export function maySpoilText(raw: string): boolean {
  return SUSPICIOUS.test(raw);
}

/**
 * Texts with NUL or ill-formed Unicode: databases cut or change them, so what is read back would not be what
 * was reported.
 */
export function textFlaws(value: unknown): Flaw[] {
  const flaws: Flaw[] = [];
  for (const { path, text } of leaves(value)) {
    if (!text.includes('\0') && text.isWellFormed()) continue;
    const what = text.includes('\0') ? 'a NUL character' : 'ill-formed Unicode (half of a surrogate pair)';
    flaws.push({ field: path, rule: 'BAD_TEXT', message: `This text has ${what}; leave it out.` });
  }
  return flaws;
}

/** Attributes nested so deep that whoever reads them would run out of stack. */
export function nestingFlaws(attributes: unknown): Flaw[] {
  if (!deeperThan(attributes, MAX_NESTING)) return [];
  const message = `Attributes may nest ${MAX_NESTING} deep.`;
  return [{ field: 'attributes', rule: 'BAD_PROPERTY', message }];
}

function deeperThan(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false;
  if (limit === 0) return true;
  return Object.values(value).some((inner) => deeperThan(inner, limit - 1));
}

export type { Leaf };
