import { badInput } from '../../model/errors.js';
import { RELATIONSHIP_TYPES, type RelationshipType } from '../../model/relationships.js';
import type { Revision } from '../../model/revision.js';
import type { Triple } from '../relationship-code.js';
import { NO_END } from '../rows/no-end.js';
import { bothEnds } from './both-ends.js';
import type { Run } from './connection.js';
import { groupBy } from './group-by.js';
import { type PreparedRelationship, RELATIONSHIP } from './relationship-row.js';
import { integer } from './values.js';

/** Relationships, as a draft writes them. */

const ENDS = bothEnds('Entity', 'row');

/** The two nodes with the past relationships of two entities. */
const PAST_ENDS = `MERGE (pa:TendrilPast {number: a.number}) ON CREATE SET pa.id = a.id
  MERGE (pb:TendrilPast {number: b.number}) ON CREATE SET pb.id = b.id`;

/** Deletes a row that this draft has written before, and ends a row from an earlier revision. */
const MAKE_PLACE = `r.toRevision IS NULL AND r.code % 128 = row[2]
  FOREACH (_ IN CASE WHEN r.fromRevision < $p.revision THEN [1] ELSE [] END | SET r.toRevision = $p.revision)
  FOREACH (_ IN CASE WHEN r.fromRevision = $p.revision THEN [1] ELSE [] END | DELETE r)`;

const CLOSE = (type: string) =>
  `UNWIND $p.rows AS row ${ENDS} MATCH (a)-[r:${type}]->(b) WHERE ${MAKE_PLACE}`;
const CLOSE_PAST = `UNWIND $p.rows AS row ${bothEnds('TendrilPast', 'row')}
  MATCH (a)-[r:TENDRIL_WAS]->(b) WHERE ${MAKE_PLACE}`;

const PROPERTIES = `{fromRevision: $p.revision, ${RELATIONSHIP.properties}}`;
const PUT = (type: string) => `UNWIND $p.rows AS row ${ENDS}
  CREATE (a)-[r:${type} ${PROPERTIES}]->(b) RETURN count(r)`;
const PUT_PAST = `UNWIND $p.rows AS row ${ENDS} ${PAST_ENDS}
  CREATE (pa)-[r:TENDRIL_WAS ${PROPERTIES}]->(pb) RETURN count(r)`;

/**
 * An ended row moves into the past, unchanged, in three steps, each in a transaction of its own: it is copied there, then
 * it is hidden here from new readers, and then it is deleted here. A reader finds it meanwhile in one place or in both,
 * and always whole.
 */
const HERE = (type: string) => `UNWIND $p.rows AS row ${ENDS}
  MATCH (a)-[r:${type}]->(b) WHERE r.code % 128 = row[2] AND r.toRevision <= $p.head`;
const MOVE = {
  copy: (type: string) => `${HERE(type)} AND r.fromRevision < ${NO_END} ${PAST_ENDS}
    WITH r, pa, pb WHERE NOT EXISTS {
      MATCH (pa)-[w:TENDRIL_WAS]->(pb) WHERE w.code % 128 = r.code % 128 AND w.fromRevision = r.fromRevision }
    CREATE (pa)-[w:TENDRIL_WAS]->(pb) SET w = properties(r)`,
  hide: (type: string) => `${HERE(type)} SET r.fromRevision = ${NO_END}`,
  remove: (type: string) => `${HERE(type)} AND r.fromRevision = ${NO_END} DELETE r`,
} as const;

export const typeOfIdent = (ident: number) => RELATIONSHIP_TYPES[ident & 31] as RelationshipType;

/**
 * Writes a batch. `replacing`: the relationships that may have a current row, from an earlier revision or this draft.
 *
 * @throws BAD_INPUT where the number of an end was never assigned.
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

/** Ends the current rows of relationships, so that others can take their place, or none. */
export async function makePlace(run: Run, replacing: readonly Triple[], revision: Revision): Promise<void> {
  if (replacing.length === 0) return;
  const parameters = (triples: readonly Triple[]) => ({
    rows: triples.map(([from, ident, to]) => [integer(from), integer(to), integer(ident)]),
    revision: integer(revision),
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
    revision: integer(revision),
  });
  if (row?.[0] === prepared.length) return;
  throw badInput(
    'A relationship names an entity that has no number in this store; assign the numbers first.',
  );
}

/** Runs one step of moving ended rows out of the graph that people see. Repeated, it does nothing. */
export async function moveEnded(
  step: keyof typeof MOVE,
  run: Run,
  triples: readonly Triple[],
  head: Revision,
): Promise<void> {
  const byType = groupBy(triples, ([, ident]) => typeOfIdent(ident));
  await Promise.all(
    [...byType].map(([type, some]) => {
      const rows = some.map(([from, ident, to]) => [from, to, ident].map(integer));
      return run(MOVE[step](type), { rows, head: integer(head) });
    }),
  );
}
