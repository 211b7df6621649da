import type { CouldNotRead } from '../../model/could-not-read.js';
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
  /** A list of `CouldNotRead` as JSON; null: an empty one. */
  couldNotRead: string | null,
];

/** Reads a version of a source. */
export function asSource<Reports>(
  [number, id, vendor, name, actuation, reports, syncedAt, fullSyncedAt, unread]: SourceRow<Reports>,
  listOf: (reports: Reports) => readonly string[],
): SourceRecord {
  const couldNotRead = unread === null ? [] : (JSON.parse(unread) as CouldNotRead[]);
  return {
    number,
    id,
    vendor,
    name,
    actuation,
    reports: listOf(reports),
    couldNotRead,
    syncedAt,
    fullSyncedAt,
  };
}

/** The value of the column `couldNotRead`. */
export function couldNotReadText(list: readonly CouldNotRead[]): string | null {
  return list.length === 0 ? null : JSON.stringify(list);
}
