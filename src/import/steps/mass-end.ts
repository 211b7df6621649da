import type { EntityRecord } from '../../model/entity.js';
import { isLiveStatus, STATUSES } from '../../model/kinds.js';
import type { EntityWrite } from '../../store/draft.js';
import { RowPlace } from '../read/reader.js';
import type { SnapshotRun } from '../reconcile/run.js';
import type { ImportSession } from '../session/session.js';

/**
 * A snapshot that would end more than half of what was live of its source is refused unless forced (semantics,
 * section 7): more often than not it is a source that could not be read. What counts is each entity that was
 * live and has ended now: missing from a full snapshot, reported by one with the status that means ended, or
 * marked as ended in a delta. A status in a delta is what somebody says of that entity alone, and does not count.
 */

/** Live entities below which what a snapshot says of each in so many words is believed. */
const FEWEST = 2;

/** Whether a reported entity was live and has ended by a report that counts. */
export function endsAnother(
  run: SnapshotRun,
  before: EntityRecord | undefined,
  write: EntityWrite | null,
  markedEnded: boolean,
): boolean {
  if (before === undefined || write === null || !isLiveStatus(before.kind, before.status)) return false;
  return (run.header.full || markedEnded) && write.status === STATUSES[write.kind].ended;
}

/** Tells of a full snapshot that ends too much, once all of it and of its source has been counted. */
export function refuseMassEnd({ options, problems }: ImportSession, run: SnapshotRun): void {
  const { liveBefore, liveMissing } = run;
  const ended = liveMissing + (liveBefore < FEWEST ? 0 : run.liveEnded);
  // An entity that was refused only looks as if it were missing.
  if (problems.any || options.force === true || ended * 2 <= liveBefore) return;
  const message = run.header.full
    ? `This full snapshot would end ${ended} of the ${liveBefore} live entities of its source. If that is what ` +
      'has happened, import it again with force; if it is only a part, send it as a delta.'
    : `This delta would end ${ended} entities, more than half of what is live of its source. If that is what ` +
      'has happened, import it again with force.';
  const place = new RowPlace(run.position, -1, () => run.reader.header.place.label());
  problems.add(place, { field: 'mode', rule: 'MASS_END', message });
}

/** The same for a delta. Of what it does not mention no more is looked at than is needed to know. */
export async function refuseMassEndOfDelta(session: ImportSession, run: SnapshotRun): Promise<void> {
  const enough = () => run.liveBefore >= Math.max(FEWEST, run.liveEnded * 2);
  if (run.liveEnded === 0 || session.options.force === true || enough()) return;
  for await (const records of session.draft.entitiesOf(run.statement.source)) {
    for (const { number, kind, status } of records) {
      if (session.table.inputOf(number) !== run.position && isLiveStatus(kind, status)) run.liveBefore += 1;
    }
    if (enough()) return;
    await session.breathe(0);
  }
  refuseMassEnd(session, run);
}
