import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import { identOf } from '../relationship-code.js';
import { asRelationship } from '../rows/relationship.js';
import { bothEnds } from './both-ends.js';
import type { Connection, CypherStatement } from './connection.js';
import { groupBy } from './group-by.js';
import type { ReadPoint } from './read-point.js';
import { claimsOf, keyText, RELATIONSHIP_COLUMNS, type RelationshipRow, STANDS } from './relationship-row.js';
import { integer } from './values.js';

/** Relationships by key. */

const found = (label: string, type: string) => `UNWIND $p.keys AS key ${bothEnds(label, 'key', 'at')}
  MATCH (a)-[r:${type}]->(b) WHERE r.code % 128 = key[2] AND ${STANDS}
  RETURN ${RELATIONSHIP_COLUMNS}, a.number AS from, a.id AS fromId, b.number AS to, b.id AS toId`;

type FoundRow = [...RelationshipRow, from: number, fromId: string, to: number, toId: string];

/**
 * Relationships in the order of the keys. There is one statement for each type, because the server then reads no other
 * relationships of the two entities. The past is read last, because rows move there and never back.
 */
export async function relationshipsByKey(
  connection: Connection,
  keys: readonly RelationshipKey[],
  point: ReadPoint,
): Promise<(RelationshipRecord | undefined)[]> {
  if (keys.length === 0) return [];
  const parameters = (some: readonly RelationshipKey[]) => ({
    at: integer(point.revision),
    keys: some.map((key) => [integer(key.from), integer(key.to), integer(identOf(key))]),
  });
  const statements: CypherStatement[] = Array.from(
    groupBy(keys, ({ type }) => type),
    ([type, some]) => [`${point.cypher} ${found('Entity', type)}`, parameters(some)],
  );
  const past: CypherStatement = [`${point.cypher} ${found('TendrilPast', 'TENDRIL_WAS')}`, parameters(keys)];
  const rows = await connection.readAll<FoundRow>(...statements, past);
  const records = new Map<string, RelationshipRecord>();
  for (const row of rows.flat()) {
    const [from, fromId, to, toId] = [row[10], row[11], row[12], row[13]];
    records.set(
      keyText(from, row[0] & 127, to),
      asRelationship(row[0], claimsOf(row), { from, fromId, to, toId }),
    );
  }
  return keys.map((key) => records.get(keyText(key.from, identOf(key), key.to)));
}
