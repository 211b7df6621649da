import type { Flaw } from '../base/problems.js';

/** The longest file name, in bytes (NAME_MAX of Linux and macOS; no common file system takes more). */
const MAX_FILE_NAME = 255;

/**
 * The flaws of the id of a source, besides its form. An export writes a file that is named after the source (api,
 * section 1), first with `.part` at its end, and a source that cannot be exported must not be imported.
 */
export function sourceIdFlaws(id: string): Flaw[] {
  const bytes = `${encodeURIComponent(id)}.ndjson.part`.length;
  if (bytes <= MAX_FILE_NAME) return [];
  const message =
    `An export names a file after its source, in which every character but letters, digits and -_.!~*'() takes ` +
    `3 bytes or more: ${bytes} bytes, and a file's name has ${MAX_FILE_NAME}. Give the source a shorter id.`;
  return [{ field: 'source.id', rule: 'BAD_ID', message }];
}
