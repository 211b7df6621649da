import type { Revision } from '../../model/revision.js';
import type { Connection, Run } from './connection.js';
import { anyNote, type BatchNote, removeNote } from './draft-log.js';
import { entitiesByNumber } from './entity-reads.js';
import { show, viewOf } from './entity-view.js';
import { groupBy } from './group-by.js';
import type { Lease } from './lease.js';
import { PAST_ENDS, type Triple, typeOfIdent } from './relationship-writes.js';
import { readSources } from './sources.js';
import { withDraft } from './state.js';
import { whole } from './values.js';

/**
 * Brings what people see to a commit: the nodes of entities that changed, and relationships that ended, which
 * move into the past. Readers are right before, while and after: they look at versions, and for relationships
 * first at those that are seen and then at the past. Every step may be done again.
 */

const MOVE = (type: string) => `UNWIND $rows AS row
  MATCH (a:Entity) USING INDEX SEEK a:Entity(number) WHERE a.number = row[0]
  MATCH (b:Entity) USING INDEX SEEK b:Entity(number) WHERE b.number = row[1]
  MATCH (a)-[r:${type}]->(b) WHERE r.code % 128 = row[2] AND r.toRevision <= $head
  ${PAST_ENDS} CREATE (pa)-[w:TENDRIL_WAS]->(pb) SET w = properties(r) DELETE r`;

/** Settles every batch that is noted, at the head `head`. */
export async function settle(connection: Connection, lease: Lease, head: Revision): Promise<void> {
  const sources = await readSources(connection, withDraft(head));
  const ids = new Map(sources.map(({ number, id }) => [number, id]));
  while ((await lease.write((run) => settleOne(connection, run, head, ids))) !== false);
}

/** false: no note is left. */
async function settleOne(
  connection: Connection,
  run: Run,
  head: Revision,
  sources: ReadonlyMap<number, string>,
): Promise<boolean> {
  const found = await anyNote(run, 'committed', head);
  if (found === undefined) return false;
  const [id, note] = found;
  const entities = await entitiesByNumber(connection, note.entities, withDraft(head));
  await show(
    run,
    entities.flatMap((entity) => (entity === undefined ? [] : [viewOf(entity, sources.get(entity.source))])),
  );
  await move(run, note, head);
  await removeNote(run, id);
  return true;
}

async function move(run: Run, { relationships }: BatchNote, head: Revision): Promise<void> {
  const rows = (triples: readonly Triple[]) =>
    triples.map(([from, ident, to]) => [from, to, ident].map(whole));
  for (const [type, triples] of groupBy(relationships, ([, ident]) => typeOfIdent(ident))) {
    await run(MOVE(type), { rows: rows(triples), head: whole(head) });
  }
}
