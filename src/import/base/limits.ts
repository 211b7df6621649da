/** Limits on everything that an import reads, so that no input can fill the memory or the disk. */

/** The longest line of an NDJSON file, in bytes. The file itself may have any length. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** The longest JSON document, in bytes: it is parsed in memory. A larger snapshot is sent as NDJSON. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** The most files in one import. */
export const MAX_INPUTS = 1000;

/** The most items that `dangling: skip` lists; an import that would skip more is refused. */
export const MAX_SKIPPED = 100_000;

/** How deep the values in `attributes` may nest. */
export const MAX_NESTING = 32;

/** The longest text other than an id, in characters. */
export const MAX_TEXT_LENGTH = 8192;

/** The most scopes of one grant, token or access. */
export const MAX_SCOPES = 10_000;

/** The most entries that a header has of what could not be read. */
export const MAX_COULD_NOT_READ = 10_000;

/** How many items are handled between two calls of the store. */
export const BATCH_ITEMS = 2000;
