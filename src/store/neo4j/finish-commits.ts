import type { Revision } from '../../model/revision.js';
import type { Triple } from '../relationship-code.js';
import type { Connection, Run } from './connection.js';
import { anyNote, removeEmptyNotes, removeNote } from './draft-log.js';
import { entitiesByNumber } from './entity-reads.js';
import { show, viewOf } from './entity-view.js';
import { readPointOfDraft } from './read-point.js';
import { moveEnded } from './relationship-writes.js';
import { readSources } from './sources.js';
import { strip } from './withdrawals.js';
import type { WriteLease } from './write-lease.js';

/**
 * Brings the graph that people see to the head, after the head has moved: the nodes of the entities that changed, and
 * the relationships that ended, which move into the past. Readers are right before, during and after this: they look at
 * versions, and for relationships first at the graph that people see and then at the past. Every step may be repeated.
 */

/** Finishes every committed batch that still has a note, at the head `head`. */
export async function finishCommits(
  connection: Connection,
  lease: WriteLease,
  head: Revision,
): Promise<void> {
  const sources = await readSources(connection.run, readPointOfDraft(head));
  const ids = new Map(sources.map(({ number, id }) => [number, id]));
  await lease.write((run) => removeEmptyNotes(run, head));
  for (;;) {
    // Notes are changed only by the writer that holds the lease.
    const found = await anyNote(connection.run, 'committed', head);
    if (found === undefined) return;
    const [id, { entities, relationships }] = found;
    const standing = await entitiesByNumber(connection, entities, readPointOfDraft(head));
    const views = standing.flatMap((one) => (one === undefined ? [] : [viewOf(one, ids.get(one.source))]));
    const gone = entities.filter((_, at) => standing[at] === undefined);
    await lease.write(async (run) => {
      await strip(run, gone);
      await show(run, views);
      await moveEnded('copy', run, relationships, head);
    });
    await finishMoving(lease, relationships, head, (run) => removeNote(run, id));
  }
}

/**
 * Removes the relationships that were copied into the past.
 *
 * @param last more work for the transaction of the last step
 */
export async function finishMoving(
  lease: WriteLease,
  relationships: readonly Triple[],
  head: Revision,
  last: (run: Run) => Promise<void>,
): Promise<void> {
  if (relationships.length > 0) {
    await lease.write((run) => moveEnded('hide', run, relationships, head));
  }
  await lease.write(async (run) => {
    await moveEnded('remove', run, relationships, head);
    await last(run);
  });
}
