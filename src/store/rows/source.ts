import type { SourceRecord } from '../../model/entity.js';

/** The values of one version of a source, in the order in which an engine selects its columns. */
export type SourceRow<Reports> = [
  number: number,
  id: string,
  vendor: string | null,
  name: string | null,
  actuation: string,
  /** A list, in whatever form an engine keeps one. */
  reports: Reports,
  syncedAt: number,
  fullSyncedAt: number | null,
];

/** Reads a version of a source. */
export function asSource<Reports>(
  [number, id, vendor, name, actuation, reports, syncedAt, fullSyncedAt]: SourceRow<Reports>,
  listOf: (reports: Reports) => readonly string[],
): SourceRecord {
  return { number, id, vendor, name, actuation, reports: listOf(reports), syncedAt, fullSyncedAt };
}
