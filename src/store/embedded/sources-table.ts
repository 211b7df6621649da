import type { SourceNumber } from '../../model/claims.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Revision } from '../../model/revision.js';
import { NO_END } from '../rows/no-end.js';
import { asSource, couldNotReadText, type SourceRow } from '../rows/source.js';
import { checkText } from '../text.js';
import type { Connection } from './connection.js';

/** Sources and their versions, by revision. */

const SELECT = `SELECT s.n, s.id, v.vendor, v.name, v.actuation, v.reports, v.synced_at, v.full_synced_at, v.could_not_read
  FROM source s JOIN source_version v ON v.n = s.n
  WHERE v.from_rev <= $at AND v.to_rev > $at`;
const ALL = `${SELECT} ORDER BY s.id`;
const ONE = `${SELECT} AND s.id = $id`;
const NUMBER = 'SELECT n FROM source WHERE id = ?';
const ADD = 'INSERT INTO source (n, id) SELECT coalesce(max(n), 0) + 1, ? FROM source';
const CLOSE = `UPDATE source_version SET to_rev = $rev WHERE n = $n AND to_rev = ${NO_END} AND from_rev < $rev`;
const DELETE = 'DELETE FROM source_version WHERE n = $n AND from_rev = $rev';
const PUT = `INSERT OR REPLACE INTO source_version
  (n, from_rev, to_rev, vendor, name, actuation, reports, synced_at, full_synced_at, could_not_read)
  VALUES (?, ?, ${NO_END}, ?, ?, ?, ?, ?, ?, ?)`;

/** Every source at a revision, in order of id. */
export function readSources(connection: Connection, at: Revision): SourceRecord[] {
  return connection.all<SourceRow<string>>(ALL, { at }).map(asRecord);
}

export function readSource(connection: Connection, id: string, at: Revision): SourceRecord | undefined {
  if (id.includes('\u0000')) return undefined;
  const row = connection.get<SourceRow<string>>(ONE, { at, id });
  return row && asRecord(row);
}

/** Writes the state of a source from `rev` on; gives its number. */
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
    couldNotReadText(source.couldNotRead),
  );
  return number;
}

/** Ends the current version, and takes back what this revision wrote. */
export function withdrawSource(connection: Connection, n: SourceNumber, rev: Revision): void {
  connection.run(CLOSE, { n, rev });
  connection.run(DELETE, { n, rev });
}

const asRecord = (row: SourceRow<string>) => asSource(row, (reports) => JSON.parse(reports) as string[]);
