import { exportAt, ndjsonOf } from '../../export/index.js';
import type { Store } from '../../store/store.js';
import type { ExportedGraph, ExportOptions } from '../client.js';

/** What there is to export of a store; its lines are read only when they are asked for. */
export async function exportOf(store: Store, options: ExportOptions): Promise<ExportedGraph> {
  const { revision, parts } = await exportAt(store, options);
  return {
    revision: String(revision),
    sources: parts.map((part) => part.source),
    async *snapshots() {
      for (const part of parts) yield { source: part.source, bytes: ndjsonOf(part.lines) };
    },
  };
}
