import type { SourceNumber } from '../../model/claims.js';
import { emailKey } from '../../model/email-address.js';
import type { EntityRecord } from '../../model/entity.js';
import type { Revision } from '../../model/revision.js';
import type { EntityWrite } from '../draft.js';
import { asEntity, type EntityRow } from '../rows/entity.js';
import { entityValues } from '../rows/entity-values.js';
import { NO_END } from '../rows/no-end.js';
import type { Connection } from './connection.js';
import { ENTITY_COLUMNS, ENTITY_TABLES, WRITTEN_COLUMNS } from './entity-row.js';

/** Entities, one row a version. */

const SELECT = `SELECT ${ENTITY_COLUMNS} FROM ${ENTITY_TABLES}`;
const BY_NUMBER = `${SELECT} WHERE d.n = $n`;
const BY_ID = `${SELECT} WHERE d.id = $id`;
const BY_EMAIL = `${SELECT} WHERE e.email IN (SELECT value FROM json_each($emails)) ORDER BY d.id`;
const OF_SOURCE = `SELECT ${ENTITY_COLUMNS} FROM entity e JOIN node d ON d.n = e.n
  LEFT JOIN source_version v ON v.n = e.source AND v.to_rev = ${NO_END}
  WHERE e.source = $source AND e.to_rev = ${NO_END} AND e.n > $after ORDER BY e.n LIMIT $limit`;
const CLOSE = `UPDATE entity SET to_rev = $rev WHERE n = $n AND from_rev < $rev AND to_rev = ${NO_END}`;
const DELETE = 'DELETE FROM entity WHERE n = $n AND from_rev = $rev';
const PUT = `INSERT INTO entity (n, from_rev, to_rev, ${WRITTEN_COLUMNS.join(', ')})
  VALUES (?, ?, ${NO_END}, ${WRITTEN_COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT DO UPDATE SET ${WRITTEN_COLUMNS.map((column) => `${column} = excluded.${column}`).join(', ')}`;

export function entityByNumber(connection: Connection, n: number, at: Revision): EntityRecord | undefined {
  const row = connection.get<EntityRow>(BY_NUMBER, { n, at });
  return row && asEntity(row);
}

export function entityById(connection: Connection, id: string, at: Revision): EntityRecord | undefined {
  // The driver cuts a string at U+0000, which no id has.
  if (id.includes('\u0000')) return undefined;
  const row = connection.get<EntityRow>(BY_ID, { id, at });
  return row && asEntity(row);
}

export function entitiesByEmail(
  connection: Connection,
  emails: readonly string[],
  at: Revision,
): EntityRecord[] {
  const wanted = JSON.stringify(emails.map(emailKey));
  return connection.all<EntityRow>(BY_EMAIL, { emails: wanted, at }).map(asEntity);
}

/** Entities of a source, in the state of the draft, after a number, in order of number. */
export function entitiesOfSource(
  connection: Connection,
  source: SourceNumber,
  after: number,
  limit: number,
): EntityRecord[] {
  return connection.all<EntityRow>(OF_SOURCE, { source, after, limit }).map(asEntity);
}

/** Writes a version. `known`: there may be an earlier version, which this one ends. */
export function writeEntity(
  connection: Connection,
  entity: EntityWrite,
  rev: Revision,
  known: boolean,
): void {
  const values = entityValues(entity, emailKey);
  if (known) connection.run(CLOSE, { n: entity.number, rev });
  connection.run(PUT, entity.number, rev, ...values);
}

/** Ends the current version, and takes back what this revision wrote. */
export function withdrawEntity(connection: Connection, n: number, rev: Revision): void {
  connection.run(CLOSE, { n, rev });
  connection.run(DELETE, { n, rev });
}
