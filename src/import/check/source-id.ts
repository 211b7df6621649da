import type { Flaw } from '../base/problems.js';

/** Bytes that the name of a file may have (NAME_MAX of Linux and macOS; no file system in use takes more). */
const MAX_FILE_NAME = 255;

/**
 * What is wrong with the id of a source besides its form: an export writes a file that is named after it (api,
 * section 1), first under a name with `.part`, and a source that cannot be exported must not come in.
 */
export function sourceIdFlaws(id: string): Flaw[] {
  const bytes = `${encodeURIComponent(id)}.ndjson.part`.length;
  if (bytes <= MAX_FILE_NAME) return [];
  const message =
    `An export names a file after its source, in which every character but letters, digits and -_.!~*'() takes ` +
    `3 bytes or more: ${bytes} bytes, and a file's name has ${MAX_FILE_NAME}. Give the source a shorter id.`;
  return [{ field: 'source.id', rule: 'BAD_ID', message }];
}
