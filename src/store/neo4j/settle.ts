import type { Revision } from '../../model/revision.js';
import type { Triple } from '../relationship-code.js';
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
  for (;;) {
    // Only who holds the lease changes notes.
    const found = await anyNote(connection.run, 'committed', head);
    if (found === undefined) return;
    const [id, { entities, relationships }] = found;
    const standing = await entitiesByNumber(connection, entities, withDraft(head));
    const views = standing.flatMap((one) => (one === undefined ? [] : [viewOf(one, ids.get(one.source))]));
    await lease.write(async (run) => {
      await show(run, views);
      await moveEnded('copy', run, relationships, head);
    });
    await finishMoving(lease, relationships, head, (run) => removeNote(run, id));
  }
}

/**
 * Takes away what was copied into the past.
 *
 * @param last what is done in the same transaction as the last step
 */
export async function finishMoving(
  lease: Lease,
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
