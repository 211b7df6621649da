import type { SourceNumber } from '../../model/claims.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Revision } from '../../model/revision.js';
import { checkText } from '../text.js';
import type { Connection } from './connection.js';
import { FOREVER } from './forever.js';

/** Sources and what they said of themselves, by revision. */

type SourceRow = [
  number: number,
  id: string,
  vendor: string | null,
  name: string | null,
  actuation: string,
  reports: string,
  syncedAt: number,
  fullSyncedAt: number | null,
];

const SELECT = `SELECT s.n, s.id, v.vendor, v.name, v.actuation, v.reports, v.synced_at, v.full_synced_at
  FROM source s JOIN source_version v ON v.n = s.n
  WHERE v.from_rev <= $at AND v.to_rev > $at`;
const ALL = `${SELECT} ORDER BY s.id`;
const ONE = `${SELECT} AND s.id = $id`;
const NUMBER = 'SELECT n FROM source WHERE id = ?';
const ADD = 'INSERT INTO source (n, id) SELECT coalesce(max(n), 0) + 1, ? FROM source';
const CLOSE = `UPDATE source_version SET to_rev = $rev WHERE n = $n AND to_rev = ${FOREVER} AND from_rev < $rev`;
const PUT = `INSERT OR REPLACE INTO source_version
  (n, from_rev, to_rev, vendor, name, actuation, reports, synced_at, full_synced_at)
  VALUES (?, ?, ${FOREVER}, ?, ?, ?, ?, ?, ?)`;

/** Every source at a revision, in order of id. */
export function readSources(connection: Connection, at: Revision): SourceRecord[] {
  return connection.all<SourceRow>(ALL, { at }).map(asRecord);
}

export function readSource(connection: Connection, id: string, at: Revision): SourceRecord | undefined {
  if (id.includes('\u0000')) return undefined;
  const row = connection.get<SourceRow>(ONE, { at, id });
  return row && asRecord(row);
}

/** Writes a source as it stands from `rev` on; gives its number. */
export function writeSource(
  connection: Connection,
  source: Omit<SourceRecord, 'number'>,
  rev: Revision,
): SourceNumber {
  checkText('source', source.id, source.vendor, source.name, source.actuation);
  let number = connection.get<[number]>(NUMBER, source.id)?.[0];
  if (number === undefined) {
    connection.run(ADD, source.id);
    number = connection.get<[number]>(NUMBER, source.id)?.[0] as number;
  }
  connection.run(CLOSE, { rev, n: number });
  connection.run(
    PUT,
    number,
    rev,
    source.vendor,
    source.name,
    source.actuation,
    JSON.stringify(source.reports),
    source.syncedAt,
    source.fullSyncedAt,
  );
  return number;
}

function asRecord(row: SourceRow): SourceRecord {
  const [number, id, vendor, name, actuation, reports, syncedAt, fullSyncedAt] = row;
  return {
    number,
    id,
    vendor,
    name,
    actuation,
    reports: JSON.parse(reports) as string[],
    syncedAt,
    fullSyncedAt,
  };
}
