/** The way out for snapshots. */
export { type Exportable, exportSnapshots, type SourceExport } from './export.js';
export { exportTo, fileNameOf, ndjsonOf } from './export-to.js';
