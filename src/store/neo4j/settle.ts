import type { Revision } from '../../model/revision.js';
import type { Connection, Run } from './connection.js';
import { anyNote, removeEmptyNotes, removeNote } from './draft-log.js';
import { entitiesByNumber } from './entity-reads.js';
import { show, viewOf } from './entity-view.js';
import type { Lease } from './lease.js';
import { moveEnded } from './relationship-writes.js';
import { readSources } from './sources.js';
import { withDraft } from './state.js';

/**
 * Brings what people see to a commit: the nodes of entities that changed, and relationships that ended, which
 * move into the past. Readers are right before, while and after: they look at versions, and for relationships
 * first at those that are seen and then at the past. Every step may be done again.
 */

/** Settles every batch that is noted, at the head `head`. */
export async function settle(connection: Connection, lease: Lease, head: Revision): Promise<void> {
  const sources = await readSources(connection.run, withDraft(head));
  const ids = new Map(sources.map(({ number, id }) => [number, id]));
  await lease.write((run) => removeEmptyNotes(run, head));
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
  await moveEnded(run, note.relationships, head);
  await removeNote(run, id);
  return true;
}
