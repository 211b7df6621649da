import type { Revision } from '../../model/revision.js';
import type { Triple } from '../relationship-code.js';
import { NO_END } from '../rows/no-end.js';
import { removeEventsAfter } from './audit.js';
import { bothEnds } from './both-ends.js';
import type { Connection, Run } from './connection.js';
import { undoDocuments } from './document-writes.js';
import { anyNote, type BatchNote, removeNote } from './draft-log.js';
import { groupBy } from './group-by.js';
import { typeOfIdent } from './relationship-writes.js';
import { integer, integers } from './values.js';
import type { WriteLease } from './write-lease.js';

/** Undoes a draft that will not be committed. Every step may be repeated. */

/** How many entity numbers one transaction covers, and how many relationships it deletes. */
const NUMBERS = 2000;
const RELATIONSHIPS = 10_000;

const LAST = `OPTIONAL MATCH (e:Entity) WHERE e.number > $p.last
  WITH max(e.number) AS known OPTIONAL MATCH (v:TendrilVersion) WHERE v.number > $p.last AND v.fromRevision > 0
  RETURN coalesce(known, 0), coalesce(max(v.number), 0)`;
const RANGE = 'x.number > $p.low AND x.number <= $p.high';
const CUT = (label: string) => `MATCH (x:${label})-[r]-() WHERE ${RANGE}
  WITH DISTINCT r LIMIT ${RELATIONSHIPS} DELETE r RETURN count(r)`;
const DELETE = (label: string) => `MATCH (x:${label}) WHERE ${RANGE} DETACH DELETE x`;
// The server uses an index over two properties only for a statement with conditions on both.
const DELETE_VERSIONS = `MATCH (x:TendrilVersion) USING INDEX SEEK x:TendrilVersion(number, fromRevision)
  WHERE ${RANGE} AND x.fromRevision > 0 DETACH DELETE x`;

const REOPEN_ENTITIES = `UNWIND $p.numbers AS number
  MATCH (v:TendrilVersion) USING INDEX SEEK v:TendrilVersion(number, fromRevision)
  WHERE v.number = number AND v.fromRevision > 0
  FOREACH (_ IN CASE WHEN v.fromRevision <= $p.head AND v.toRevision > $p.head THEN [1] ELSE [] END |
    SET v.toRevision = ${NO_END})
  FOREACH (_ IN CASE WHEN v.fromRevision > $p.head THEN [1] ELSE [] END | DELETE v)`;
const REOPEN = (label: string, type: string) => `UNWIND $p.rows AS row
  ${bothEnds(label, 'row')}
  MATCH (a)-[r:${type}]->(b) WHERE r.code % 128 = row[2]
  FOREACH (_ IN CASE WHEN r.fromRevision <= $p.head AND r.toRevision > $p.head THEN [1] ELSE [] END |
    REMOVE r.toRevision)
  FOREACH (_ IN CASE WHEN r.fromRevision > $p.head THEN [1] ELSE [] END | DELETE r)`;

// The nodes of a commit that did not move the head.
const UNPREPARE = [
  'MATCH (r:TendrilRevision) WHERE r.revision > $p.head DELETE r',
  'MATCH (s:TendrilSource) WHERE s.fromRevision > $p.head DELETE s',
  `MATCH (s:TendrilSource) WHERE s.toRevision > $p.head SET s.toRevision = ${NO_END}`,
];

/** Deletes all rows and documents after `head`, and all entities with a number that the head does not have. */
export async function undoDraft(
  connection: Connection,
  lease: WriteLease,
  head: Revision,
  lastNumber: number,
): Promise<void> {
  await lease.write(async (run) => {
    for (const cypher of UNPREPARE) await run(cypher, { head: integer(head) });
    await removeEventsAfter(run, head);
  });
  await undoDocuments(lease, head);
  await deleteNew(connection, lease, lastNumber);
  while ((await lease.write((run) => undoBatch(run, head))) !== false);
}

/** Undoes one batch; false where no note is left. */
async function undoBatch(run: Run, head: Revision): Promise<boolean> {
  const found = await anyNote(run, 'open', head);
  if (found === undefined) return false;
  const [id, note] = found;
  await reopen(run, note, head);
  await removeNote(run, id);
  return true;
}

async function reopen(run: Run, { entities, relationships }: BatchNote, head: Revision): Promise<void> {
  if (entities.length > 0) {
    await run(REOPEN_ENTITIES, { numbers: integers(entities), head: integer(head) });
  }
  const parameters = (triples: readonly Triple[]) => ({
    rows: triples.map(([from, ident, to]) => [integer(from), integer(to), integer(ident)]),
    head: integer(head),
  });
  for (const [type, triples] of groupBy(relationships, ([, ident]) => typeOfIdent(ident))) {
    await run(REOPEN('Entity', type), parameters(triples));
  }
  if (relationships.length > 0) await run(REOPEN('TendrilPast', 'TENDRIL_WAS'), parameters(relationships));
}

/** Deletes new entities from the lowest number up, so that the rest is always found above the last number of the head. */
async function deleteNew(connection: Connection, lease: WriteLease, lastNumber: number): Promise<void> {
  const [found] = await connection.read<[number, number]>(LAST, { last: integer(lastNumber) });
  const last = Math.max(...(found ?? [0, 0]));
  for (let low = lastNumber; low < last; low += NUMBERS) {
    const range = { low: integer(low), high: integer(low + NUMBERS) };
    for (const label of ['Entity', 'TendrilPast']) {
      let more = true;
      while (more) {
        const cut = await lease.write((run) => run<[number]>(CUT(label), range));
        more = cut === undefined || cut[0]?.[0] === RELATIONSHIPS;
      }
    }
    await lease.write(async (run) => {
      for (const label of ['Entity', 'TendrilPast']) await run(DELETE(label), range);
      await run(DELETE_VERSIONS, range);
    });
  }
}
