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
const PAST_ENDS = `MERGE (pa:TendrilPast {number: a.number}) ON CREATE SET pa.id = a.id
  MERGE (pb:TendrilPast {number: b.number}) ON CREATE SET pb.id = b.id`;

/** A row that this draft has written before makes place; one from an earlier revision ends. */
const MAKE_PLACE = `r.toRevision IS NULL AND r.code % 128 = row[2]
  FOREACH (_ IN CASE WHEN r.fromRevision < $p.revision THEN [1] ELSE [] END | SET r.toRevision = $p.revision)
  FOREACH (_ IN CASE WHEN r.fromRevision = $p.revision THEN [1] ELSE [] END | DELETE r)`;

const CLOSE = (type: string) =>
  `UNWIND $p.rows AS row ${ENDS} MATCH (a)-[r:${type}]->(b) WHERE ${MAKE_PLACE}`;
const CLOSE_PAST = `UNWIND $p.rows AS row
  MATCH (a:TendrilPast) USING INDEX SEEK a:TendrilPast(number) WHERE a.number = row[0]
  MATCH (b:TendrilPast) USING INDEX SEEK b:TendrilPast(number) WHERE b.number = row[1]
  MATCH (a)-[r:TENDRIL_WAS]->(b) WHERE ${MAKE_PLACE}`;

const PROPERTIES = `{code: row[2], fromRevision: $p.revision, claimant: row[3],
  startedAt: datetime({epochMillis: row[4]})}`;
const PUT = (type: string) => `UNWIND $p.rows AS row ${ENDS}
  CREATE (a)-[r:${type} ${PROPERTIES}]->(b) SET r += row[5] RETURN count(r)`;
const PUT_PAST = `UNWIND $p.rows AS row ${ENDS} ${PAST_ENDS}
  CREATE (pa)-[r:TENDRIL_WAS ${PROPERTIES}]->(pb) SET r += row[5] RETURN count(r)`;

/** A row that ended with a revision goes into the past, as it is. */
const MOVE = (type: string) => `UNWIND $p.rows AS row
  MATCH (a:Entity) USING INDEX SEEK a:Entity(number) WHERE a.number = row[0]
  MATCH (b:Entity) USING INDEX SEEK b:Entity(number) WHERE b.number = row[1]
  MATCH (a)-[r:${type}]->(b) WHERE r.code % 128 = row[2] AND r.toRevision <= $p.head
  ${PAST_ENDS} CREATE (pa)-[w:TENDRIL_WAS]->(pb) SET w = properties(r) DELETE r`;

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
  const open = groupBy(
    prepared.filter((one) => one.open),
    ({ write }) => write.type,
  );
  const ended = prepared.filter((one) => !one.open);
  await Promise.all([
    makePlace(run, replacing, revision),
    ...[...open].map(([type, rows]) => put(run, PUT(type), rows, revision)),
    put(run, PUT_PAST, ended, revision),
  ]);
}

async function makePlace(run: Run, replacing: readonly Triple[], revision: Revision): Promise<void> {
  if (replacing.length === 0) return;
  const parameters = (triples: readonly Triple[]) => ({
    rows: triples.map(([from, ident, to]) => [whole(from), whole(to), whole(ident)]),
    revision: whole(revision),
  });
  const byType = groupBy(replacing, ([, ident]) => typeOfIdent(ident));
  await Promise.all([
    ...[...byType].map(([type, triples]) => run(CLOSE(type), parameters(triples))),
    run(CLOSE_PAST, parameters(replacing)),
  ]);
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

/** Moves what a commit ended out of what people see. Done again it does nothing. */
export async function moveEnded(run: Run, triples: readonly Triple[], head: Revision): Promise<void> {
  const byType = groupBy(triples, ([, ident]) => typeOfIdent(ident));
  await Promise.all(
    [...byType].map(([type, some]) => {
      const rows = some.map(([from, ident, to]) => [from, to, ident].map(whole));
      return run(MOVE(type), { rows, head: whole(head) });
    }),
  );
}
