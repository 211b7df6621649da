import type { SourceNumber } from '../../model/claims.js';
import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import type { Revision } from '../../model/revision.js';
import { identOf, type Triple } from '../relationship-code.js';
import { NO_END } from '../rows/no-end.js';
import { asRelationship, isClaimed, SEVERAL } from '../rows/relationship.js';
import type { Connection, Value } from './connection.js';
import { claimsOf, RELATIONSHIP_COLUMNS, type RelationshipRow, VALUES_PER_ROW } from './relationship-row.js';

/** Relationships, one row a version, sorted by the entity that they leave. */

/** How many rows one statement writes. More rows are no faster. */
export const ROWS_PER_INSERT = 64;

type KeyRow = [...RelationshipRow, fromId: string, toId: string];
type ClaimedRow = [...KeyRow, from: number, ident: number, to: number];

const BY_KEY = `SELECT ${RELATIONSHIP_COLUMNS}, a.id, b.id
  FROM relationship r JOIN node a ON a.n = r.from_n JOIN node b ON b.n = r.to_n
  WHERE r.from_n = ? AND r.ident = ? AND r.to_n = ? AND r.from_rev <= ? AND r.to_rev > ?`;
const CLAIMED_COLUMNS = 11;
const CLAIMED = `SELECT ${RELATIONSHIP_COLUMNS}, a.id, b.id, r.from_n, r.ident, r.to_n
  FROM relationship r CROSS JOIN node a ON a.n = r.from_n CROSS JOIN node b ON b.n = r.to_n
  WHERE (r.from_n, r.ident, r.to_n) > (?, ?, ?) AND r.to_rev = ${NO_END} AND r.claimant IN (?, ${SEVERAL})
  ORDER BY r.from_n, r.ident, r.to_n LIMIT ?`;
const CLOSE = `UPDATE relationship SET to_rev = ?
  WHERE from_n = ? AND ident = ? AND to_n = ? AND from_rev < ? AND to_rev = ${NO_END}`;

const DELETE = 'DELETE FROM relationship WHERE from_n = ? AND ident = ? AND to_n = ? AND from_rev = ?';

// Parameters have no numbers: the driver looks numbered ones up by name, and takes longer for each one.
const insertOf = (rows: number) => `INSERT INTO relationship
  (from_n, ident, to_n, code, claimant, reported_at, started_at, by_word, detail, from_rev, to_rev)
  VALUES ${Array(rows).fill(`(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ${NO_END})`)}
  ON CONFLICT DO UPDATE SET code = excluded.code, claimant = excluded.claimant,
    reported_at = excluded.reported_at, started_at = excluded.started_at, by_word = excluded.by_word,
    detail = excluded.detail`;
const INSERT_MANY = insertOf(ROWS_PER_INSERT);
const INSERT_ONE = insertOf(1);

const MARK_SUSTAINS = `INSERT OR IGNORE INTO meta (key, value) VALUES ('sustains', 1)`;
const ANY_SUSTAINS = `SELECT value FROM meta WHERE key = 'sustains'`;

/** Notes that a relationship of the store says `sustains`. It is never taken back. */
export function markSustains(connection: Connection): void {
  connection.run(MARK_SUSTAINS);
}

/** See `Expanded.anySustains`. */
export function anySustains(connection: Connection): boolean {
  return connection.get<[number]>(ANY_SUSTAINS) !== undefined;
}

export function relationshipByKey(
  connection: Connection,
  key: RelationshipKey,
  at: Revision,
): RelationshipRecord | undefined {
  return relationshipAt(connection, [key.from, identOf(key), key.to], at);
}

export function relationshipAt(
  connection: Connection,
  [from, ident, to]: Triple,
  at: Revision,
): RelationshipRecord | undefined {
  const row = connection.get<KeyRow>(BY_KEY, from, ident, to, at, at);
  return row && asRelationship(row[0], claimsOf(row), { from, fromId: row[6], to, toId: row[7] });
}

/** Comes before every relationship in the order of the table. */
export const START: Triple = [0, 0, 0];

/** Relationships that a source claims to be open, or also those that it claims to have ended, in the state of the draft, after a triple; and the last triple read. */
export function relationshipsClaimedBy(
  connection: Connection,
  source: SourceNumber,
  after: Triple,
  { limit, ended }: { readonly limit: number; readonly ended: boolean },
): { records: RelationshipRecord[]; last: Triple | undefined } {
  const rows = connection.allPacked<ClaimedRow>(CLAIMED_COLUMNS, CLAIMED, ...after, source, limit);
  const records = rows.map((row) =>
    asRelationship(row[0], claimsOf(row), { from: row[8], fromId: row[6], to: row[10], toId: row[7] }),
  );
  const end = rows.at(-1);
  return {
    records: records.filter((record) => isClaimed(record, source, ended)),
    last: end && [end[8], end[9], end[10]],
  };
}

/** Ends the current version, and takes back what this revision wrote. */
export function withdrawRelationship(connection: Connection, triple: Triple, rev: Revision): void {
  closeRelationship(connection, triple, rev);
  connection.run(DELETE, ...triple, rev);
}

/** Ends the current version, where it is from an earlier revision. */
export function closeRelationship(connection: Connection, [from, ident, to]: Triple, rev: Revision): void {
  connection.run(CLOSE, rev, from, ident, to, rev);
}

/** Writes versions: the values of `pushRelationship` of at most {@link ROWS_PER_INSERT} rows. */
export function insertRelationships(connection: Connection, values: Value[]): void {
  if (values.length === ROWS_PER_INSERT * VALUES_PER_ROW) {
    connection.run(INSERT_MANY, ...values);
    return;
  }
  for (let at = 0; at < values.length; at += VALUES_PER_ROW) {
    connection.run(INSERT_ONE, ...values.slice(at, at + VALUES_PER_ROW));
  }
}
