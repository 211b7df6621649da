import { badInput } from '../model/errors.js';
import { idProblem } from '../model/ids.js';
import type { DocumentRange, DocumentWrite } from './journal.js';
import { checkPage } from './page.js';
import { checkText } from './text.js';

/** The checks of documents that every engine makes before it reads or writes. */

/** Whether a document can have this name. Drivers would cut or replace a character that no name can have. */
export const isName = (text: string): boolean => idProblem(text) === undefined;

/**
 * The body of a document as the JSON that an engine keeps. JSON escapes the characters that engines do not keep.
 *
 * @throws BAD_INPUT for what is no name of a document.
 */
export function textOf({ collection, key, body }: DocumentWrite): string {
  for (const name of [collection, key]) {
    const problem = idProblem(name);
    if (problem !== undefined) {
      throw badInput(`The document ${JSON.stringify([collection, key])} cannot be stored: ${problem}.`);
    }
  }
  return JSON.stringify(body);
}

/** @throws BAD_INPUT for a range that no page of documents has. */
export function checkRange({ prefix, after, limit }: DocumentRange): void {
  checkPage({ limit });
  checkText('place among the keys', prefix ?? null, after ?? null);
}
