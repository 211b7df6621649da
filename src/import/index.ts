/** The public part of the import. Other files of this folder are internal. */

export { MAX_DOCUMENT_BYTES, MAX_LINE_BYTES } from './base/limits.js';
export { IMPORT_RULES, type ImportRule } from './base/problems.js';
export type { ImportOptions, ImportProgress, ImportResult, PostCaseMonitor } from './base/types.js';
export { snapshotSchema } from './check/schema.js';
export { importSnapshots } from './import-snapshots.js';
export { type DocumentInput, fileInput, type SnapshotInput, type StreamInput } from './read/input.js';
export { type Spooled, spool } from './read/spool.js';
export { removeSource } from './taken-back/remove-source.js';
export { revertImport } from './taken-back/revert-import.js';
export type { TakeBackOptions, TakenBack } from './taken-back/types.js';
