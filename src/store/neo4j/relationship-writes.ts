import { badInput } from '../../model/errors.js';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import type { Run } from './connection.js';
import { groupBy } from './group-by.js';
import type { PreparedRelationship } from './relationship-row.js';
import { whole } from './values.js';

/** Relationships, as a draft writes them. */

const ENDS = `MATCH (a:Entity) USING INDEX SEEK a:Entity(number) WHERE a.number = row[0]
  MATCH (b:Entity) USING INDEX SEEK b:Entity(number) WHERE b.number = row[1]`;

/** The nodes between which the past of two entities is kept. */
export const PAST_ENDS = `MERGE (pa:TendrilPast {number: a.number}) ON CREATE SET pa.id = a.id
  MERGE (pb:TendrilPast {number: b.number}) ON CREATE SET pb.id = b.id`;

/** A row that this draft has written before makes place; one from an earlier revision ends. */
const MAKE_PLACE = `r.toRevision IS NULL AND r.code % 128 = row[2]
  FOREACH (_ IN CASE WHEN r.fromRevision < $revision THEN [1] ELSE [] END | SET r.toRevision = $revision)
  FOREACH (_ IN CASE WHEN r.fromRevision = $revision THEN [1] ELSE [] END | DELETE r)`;

const CLOSE = (type: string) => `UNWIND $rows AS row ${ENDS} MATCH (a)-[r:${type}]->(b) WHERE ${MAKE_PLACE}`;
const CLOSE_PAST = `UNWIND $rows AS row
  MATCH (a:TendrilPast) USING INDEX SEEK a:TendrilPast(number) WHERE a.number = row[0]
  MATCH (b:TendrilPast) USING INDEX SEEK b:TendrilPast(number) WHERE b.number = row[1]
  MATCH (a)-[r:TENDRIL_WAS]->(b) WHERE ${MAKE_PLACE}`;

const PROPERTIES = `{code: row[2], fromRevision: $revision, claimant: row[3],
  startedAt: datetime({epochMillis: row[4]})}`;
const PUT = (type: string) => `UNWIND $rows AS row ${ENDS}
  CREATE (a)-[r:${type} ${PROPERTIES}]->(b) SET r += row[5] RETURN count(r)`;
const PUT_PAST = `UNWIND $rows AS row ${ENDS} ${PAST_ENDS}
  CREATE (pa)-[r:TENDRIL_WAS ${PROPERTIES}]->(pb) SET r += row[5] RETURN count(r)`;

/** (from, ident, to): what names a row. */
export type Triple = readonly [from: number, ident: number, to: number];

export const typeOfIdent = (ident: number) => RELATIONSHIP_TYPES[ident & 31] as RelationshipType;

/**
 * Writes a batch. `replacing`: those that may stand already, from an earlier revision or from this draft.
 *
 * @throws BAD_INPUT when an end has no number that was given.
 */
export async function writeRelationships(
  run: Run,
  prepared: readonly PreparedRelationship[],
  replacing: readonly Triple[],
  revision: Revision,
): Promise<void> {
  await makePlace(run, replacing, revision);
  const open = prepared.filter((one) => one.open);
  for (const [type, rows] of groupBy(open, ({ write }) => write.type)) {
    await put(run, PUT(type), rows, revision);
  }
  await put(
    run,
    PUT_PAST,
    prepared.filter((one) => !one.open),
    revision,
  );
}

async function makePlace(run: Run, replacing: readonly Triple[], revision: Revision): Promise<void> {
  if (replacing.length === 0) return;
  const parameters = (triples: readonly Triple[]) => ({
    rows: triples.map(([from, ident, to]) => [whole(from), whole(to), whole(ident)]),
    revision: whole(revision),
  });
  for (const [type, triples] of groupBy(replacing, ([, ident]) => typeOfIdent(ident))) {
    await run(CLOSE(type), parameters(triples));
  }
  await run(CLOSE_PAST, parameters(replacing));
}

async function put(
  run: Run,
  cypher: string,
  prepared: readonly PreparedRelationship[],
  revision: Revision,
): Promise<void> {
  if (prepared.length === 0) return;
  const [row] = await run<[number]>(cypher, {
    rows: prepared.map(({ row }) => row),
    revision: whole(revision),
  });
  if (row?.[0] === prepared.length) return;
  throw badInput(
    'A relationship names an entity that has no number in this store; assign the numbers first.',
  );
}
