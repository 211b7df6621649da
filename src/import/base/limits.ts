/** A limit on everything an import reads, so that no input can fill memory or disk. */

/** Longest line of an NDJSON file, in bytes. The file itself may be of any length. */
export const MAX_LINE_BYTES = 1024 * 1024;

/** Longest JSON document, in bytes: it is held in memory whole. What is larger is sent as NDJSON. */
export const MAX_DOCUMENT_BYTES = 256 * 1024 * 1024;

/** Most files in one import. */
export const MAX_INPUTS = 1000;

/** Most items that `dangling: skip` lists; an import that would skip more is refused. */
export const MAX_SKIPPED = 100_000;

/** How deep `attributes` may nest. */
export const MAX_NESTING = 32;

/** Longest text other than an id, in characters. */
export const MAX_TEXT_LENGTH = 8192;

/** Most scopes of one grant, token or access. */
export const MAX_SCOPES = 10_000;

/** Items handled between two calls of the store. */
export const BATCH_ITEMS = 2000;
