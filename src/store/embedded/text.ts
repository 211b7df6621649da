import { badInput } from '../../model/errors.js';

/**
 * Refuses text that SQLite would not give back as it was: the binding cuts a string at U+0000 and replaces
 * lone surrogates. Import refuses both earlier; this is the last defence. JSON columns escape them and are
 * safe.
 *
 * @throws BAD_INPUT
 */
export function checkText(field: string, ...texts: (string | null)[]): void {
  for (const text of texts) {
    if (text === null) continue;
    if (text.includes('\u0000') || !text.isWellFormed()) {
      throw badInput(
        `The ${field} ${JSON.stringify(text)} has a character that cannot be stored; remove it.`,
      );
    }
  }
}
