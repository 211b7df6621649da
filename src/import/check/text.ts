import type { Flaw } from '../base/problems.js';
import { leaves } from './leaves.js';

/** Escapes that can express a NUL or half of a surrogate pair. A line without them needs no further check. */
const SUSPICIOUS = /\\u(?:0000|d[89a-f])/i;

/** Whether the JSON text of an item may have text that {@link textFlaws} refuses. */
export function maySpoilText(raw: string): boolean {
  return SUSPICIOUS.test(raw);
}

/** Flaws of texts with NUL or ill-formed Unicode: databases cut or change them. */
export function textFlaws(value: unknown): Flaw[] {
  const flaws: Flaw[] = [];
  for (const { path, text } of leaves(value)) {
    if (!text.includes('\0') && text.isWellFormed()) continue;
    const what = text.includes('\0') ? 'a NUL character' : 'ill-formed Unicode (half of a surrogate pair)';
    flaws.push({ field: path, rule: 'BAD_TEXT', message: `This text has ${what}; leave it out.` });
  }
  return flaws;
}
