import { badInput } from '../model/errors.js';
import { idProblem } from '../model/ids.js';

/**
 * Refuses text that an engine would not give back unchanged: database drivers cut a string at U+0000 and replace
 * lone surrogates. The import refuses both earlier; this is the last defence. JSON escapes both and is safe.
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

/** @throws BAD_INPUT for what is no id. */
export function checkId(id: string): void {
  const problem = idProblem(id);
  if (problem !== undefined) throw badInput(`The id ${JSON.stringify(id)} cannot be stored: ${problem}.`);
}
