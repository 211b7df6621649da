import type { SourceNumber } from '../../model/claims.js';
import type { RelationshipRecord } from '../../model/entity.js';
import { asRelationship, isClaimed, SEVERAL } from '../rows/relationship.js';
import type { Connection } from './connection.js';
import type { ReadPoint } from './read-point.js';
import { claimsOf, RELATIONSHIP_COLUMNS, type RelationshipRow, STANDS } from './relationship-row.js';
import { integer } from './values.js';

/** Relationships by the source that claims them. */

/** The relationships of how many entities are read in one round trip. */
const ENTITIES = 4096;

const side = (
  label: string,
  type: string,
) => `MATCH (a:${label}) WHERE a.number > $p.after AND a.number <= $p.upTo
  MATCH (a)-[r${type}]->(b:${label}) WHERE r.claimant IN [$p.source, ${SEVERAL}] AND ${STANDS}
  RETURN ${RELATIONSHIP_COLUMNS}, a.number AS from, a.id AS fromId, b.number AS to, b.id AS toId`;

type ClaimedRow = [...RelationshipRow, from: number, fromId: string, to: number, toId: string];

/**
 * The relationships that leave entities after a number and that a source claims to be open, or also those that it claims to
 * have ended, and the last number read.
 */
export async function relationshipsClaimedBy(
  connection: Connection,
  source: SourceNumber,
  { after, ended }: { readonly after: number; readonly ended: boolean },
  point: ReadPoint,
): Promise<{ records: RelationshipRecord[]; upTo: number }> {
  const upTo = after + ENTITIES;
  const parameters = {
    at: integer(point.revision),
    source: integer(source),
    after: integer(after),
    upTo: integer(upTo),
  };
  const rows = await connection.readAll<ClaimedRow>(
    [`${point.cypher} ${side('Entity', '')}`, parameters],
    // A relationship that a case has ended may still be claimed by its source.
    [`${point.cypher} ${side('TendrilPast', ':TENDRIL_WAS')}`, parameters],
  );
  const records = rows
    .flat()
    .map((row) =>
      asRelationship(row[0], claimsOf(row), { from: row[10], fromId: row[11], to: row[12], toId: row[13] }),
    );
  return {
    records: records.filter((record) => isClaimed(record, source, ended)),
    upTo,
  };
}
