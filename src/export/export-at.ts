import { notFound } from '../model/errors.js';
import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';
import type { Store } from '../store/store.js';
import { exportSnapshots, type SourceExport } from './export.js';

/** Which state of the graph to export, and which sources. */
export interface ExportQuery {
  /** The state at this time; left out: the present one. */
  readonly asOf?: Millis | undefined;
  /** Only this source. */
  readonly source?: string | undefined;
}

/** An export. The lines of its parts are read from the store as they are consumed. */
export interface Export {
  readonly revision: Revision;
  readonly parts: readonly SourceExport[];
}

/** @throws NOT_FOUND for a source that has nothing */
export async function exportAt(store: Store, { asOf, source }: ExportQuery): Promise<Export> {
  const { revision } = asOf === undefined ? await store.head() : await store.revisionAt(asOf);
  const parts: SourceExport[] = [];
  for await (const part of exportSnapshots(store, revision, source)) parts.push(part);
  if (source !== undefined && parts.length === 0) {
    throw notFound(
      `There is nothing of a source ${source} in the store; \`tendril doctor\` lists the sources.`,
    );
  }
  return { revision, parts };
}
