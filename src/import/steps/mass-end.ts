import type { EntityRecord } from '../../model/entity.js';
import { isLiveStatus, STATUSES } from '../../model/kinds.js';
import type { EntityWrite } from '../../store/draft.js';
import { RowPlace } from '../read/reader.js';
import type { SnapshotRun } from '../reconcile/run.js';
import type { ImportSession } from '../session/session.js';

/**
 * A snapshot that would end more than half of the live entities of its source is refused unless forced (semantics,
 * section 7): mostly it comes from a source that could not be read completely. An entity counts as ended where it was
 * live before and is now missing from a full snapshot, has the ended status in a full snapshot, or is marked as ended in
 * a delta. A status in a delta is a statement about that entity alone, and does not count.
 */

/** Entities that a snapshot reports as ended count only if the source had at least this many live ones before. */
const FEWEST_LIVE = 2;

/** Whether a reported entity was live before and is ended by a report that counts. */
export function countsAsEnded(
  run: SnapshotRun,
  before: EntityRecord | undefined,
  write: EntityWrite | null,
  markedEnded: boolean,
): boolean {
  if (before === undefined || write === null || !isLiveStatus(before.kind, before.status)) return false;
  return (run.header.full || markedEnded) && write.status === STATUSES[write.kind].ended;
}

/** Refuses a snapshot that ends too much. Call it after all items of the snapshot and all entities of its source are counted. */
export function refuseMassEnd({ options, problems }: ImportSession, run: SnapshotRun): void {
  const { liveBefore, liveMissing } = run;
  const ended = liveMissing + (liveBefore < FEWEST_LIVE ? 0 : run.liveEnded);
  // With problems there is no count: an entity that was refused looks as if it were missing.
  if (problems.any || options.force === true || ended * 2 <= liveBefore) return;
  const message = run.header.full
    ? `This full snapshot would end ${ended} of the ${liveBefore} live entities of its source. If that is what ` +
      'has happened, import it again with force; if it is only a part, send it as a delta.'
    : `This delta would end ${ended} entities, more than half of what is live of its source. If that is what ` +
      'has happened, import it again with force.';
  const place = new RowPlace(run.position, -1, () => run.reader.header.place.label());
  problems.add(place, { field: 'mode', rule: 'MASS_END', message });
}

/** The same for a delta. Of the entities that it does not mention, it reads only as many as it needs to decide. */
export async function refuseMassEndOfDelta(session: ImportSession, run: SnapshotRun): Promise<void> {
  const enough = () => run.liveBefore >= Math.max(FEWEST_LIVE, run.liveEnded * 2);
  if (run.liveEnded === 0 || session.options.force === true || enough()) return;
  for await (const records of session.draft.entitiesOf(run.statement.source)) {
    for (const { number, kind, status } of records) {
      if (session.table.inputOf(number) !== run.position && isLiveStatus(kind, status)) run.liveBefore += 1;
    }
    if (enough()) return;
    await session.betweenBatches(0);
  }
  refuseMassEnd(session, run);
}
