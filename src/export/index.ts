/** The public part of the export. */
export { type Exportable, exportSnapshots, type SourceExport } from './export.js';
export { type Export, type ExportQuery, exportAt } from './export-at.js';
export { ndjsonOf } from './ndjson.js';
