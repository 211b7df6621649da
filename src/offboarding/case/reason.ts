import { badInput } from '../../model/errors.js';

/** The longest reason that is kept, in characters. */
export const MAX_REASON_LENGTH = 2_000;

/**
 * Checks and trims the reason that a person gives for the audit log.
 *
 * @throws BAD_INPUT
 */
export function requireReason(reason: string): string {
  const text = reason.trim();
  if (text === '') throw badInput('Give a reason: whoever reads the audit log wants to know why.');
  if (text.length > MAX_REASON_LENGTH) {
    throw badInput(
      `The reason has ${text.length} characters; at most ${MAX_REASON_LENGTH} are kept. Say it shorter, and refer to the rest.`,
    );
  }
  if (!text.isWellFormed()) throw badInput('The reason is not well-formed Unicode; send it as UTF-8.');
  return text;
}
