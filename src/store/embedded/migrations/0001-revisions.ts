/**
 * The layout of house.md: rows that hold from one revision to another, a table from revision to time, a head
 * (the last row of `revision`) that moves last.
 *
 * - `revision.changes`: the rows that a small commit changed, as JSON `[[entity …], [from, ident, to, …]]`, so
 *   that an index follows it without reading every row; null after a large commit.
 * - `relationship.ident`: type and permission in the low seven bits of `code` (`model/rows.ts`).
 * - `relationship.claimant`: the one source that claims it, whose claim is the row itself; -1 where there are
 *   several claims, all in `detail`.
 * - `incoming` has each relationship once for all of its versions. A draft fills it in sorted order, which is
 *   several times faster than an index that is updated row by row.
 */
export const revisions = `
CREATE TABLE revision (rev INTEGER PRIMARY KEY, at INTEGER NOT NULL, changes TEXT);
CREATE TABLE node (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE entity (
  n INTEGER NOT NULL, from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL,
  kind INTEGER NOT NULL, status INTEGER NOT NULL, flags INTEGER NOT NULL, source INTEGER NOT NULL,
  name TEXT NOT NULL, external_id TEXT, created_at INTEGER, last_used_at INTEGER, expires_at INTEGER,
  email TEXT, family TEXT, search TEXT NOT NULL, doc TEXT NOT NULL,
  PRIMARY KEY (n, from_rev)
) WITHOUT ROWID;
CREATE INDEX entity_by_source ON entity (source, n) WHERE to_rev = 2147483647;
CREATE INDEX entity_by_email ON entity (email) WHERE email IS NOT NULL;
CREATE TABLE relationship (
  from_n INTEGER NOT NULL, ident INTEGER NOT NULL, to_n INTEGER NOT NULL,
  from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL,
  code INTEGER NOT NULL, claimant INTEGER NOT NULL, reported_at INTEGER NOT NULL,
  started_at INTEGER, by_word INTEGER NOT NULL, detail TEXT,
  PRIMARY KEY (from_n, ident, to_n, from_rev)
) WITHOUT ROWID;
CREATE TABLE incoming (
  to_n INTEGER NOT NULL, ident INTEGER NOT NULL, from_n INTEGER NOT NULL,
  PRIMARY KEY (to_n, ident, from_n)
) WITHOUT ROWID;
CREATE TABLE source (n INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
CREATE TABLE source_version (
  n INTEGER NOT NULL, from_rev INTEGER NOT NULL, to_rev INTEGER NOT NULL,
  vendor TEXT, name TEXT, actuation TEXT NOT NULL, reports TEXT NOT NULL,
  synced_at INTEGER NOT NULL, full_synced_at INTEGER,
  PRIMARY KEY (n, from_rev)
) WITHOUT ROWID;
CREATE TABLE audit (seq INTEGER PRIMARY KEY, revision INTEGER NOT NULL, event TEXT NOT NULL);
`;
