import type { EntityRecord, RelationshipKey } from '../../model/entity.js';
import { OWN_PREFIX } from '../../model/ids.js';
import { isLiveStatus } from '../../model/kinds.js';
import type { EntityWrite, RelationshipWrite } from '../../store/draft.js';
import { identOf } from '../../store/relationship-code.js';
import { keepUnread, lastThere, sweepEntity } from '../reconcile/entity.js';
import { type OwnEnd, sweepRelationship } from '../reconcile/relationship.js';
import type { SnapshotRun } from '../reconcile/run.js';
import type { ImportSession } from '../session/session.js';
import { refuseMassEnd, refuseMassEndOfDelta } from './mass-end.js';

/**
 * Ends the entities of a source that its full snapshot does not have, and counts what a snapshot of either mode ends.
 * Where the store has a later full snapshot, nothing is ended, but entities that are absent are noted.
 */
export async function sweepEntities(session: ImportSession, run: SnapshotRun): Promise<void> {
  if (run.before === undefined) return;
  if (!run.header.full) return refuseMassEndOfDelta(session, run);
  for await (const records of session.draft.entitiesOf(run.statement.source)) {
    const missing = records.filter(({ number }) => session.table.inputOf(number) !== run.position);
    const writes = missing.flatMap((record) => endMissing(session, run, record) ?? []);
    if (!session.problems.any) await session.draft.putEntities(writes);
    await session.betweenBatches(0);
  }
  refuseMassEnd(session, run);
}

/** Notes that a snapshot does not have an entity of its source. @returns what to write; null: nothing */
function endMissing(session: ImportSession, run: SnapshotRun, record: EntityRecord): EntityWrite | null {
  const { number, claim } = record;
  const { newestFull } = run.statement;
  if (run.unread.has(record.kind, number)) return keepMissing(session, run, record);
  const live = isLiveStatus(record.kind, record.status);
  if (live) run.liveBefore += 1;
  const write = newestFull && !awaitsSource(record) ? sweepEntity(record, run.statement) : null;
  session.table.setOwner(number, record.source);
  session.table.set(number, 'absent', write !== null || !claim.present);
  session.table.set(number, 'wasAbsent', !claim.present);
  if (write !== null || !claim.present) session.lastThere.set(number, lastThere(record, run.statement));
  if (write === null) return null;
  if (live) run.liveMissing += 1;
  run.count('ended');
  run.changes += 1;
  return write;
}

/** Notes an entity that could not be read: it stays as it was, and counts neither as ended nor as live before. */
function keepMissing(session: ImportSession, run: SnapshotRun, record: EntityRecord): EntityWrite | null {
  const { number, claim } = record;
  session.table.setOwner(number, record.source);
  session.table.set(number, 'kept', claim.present);
  session.table.set(number, 'absent', !claim.present);
  session.table.set(number, 'wasAbsent', !claim.present);
  if (!claim.present) session.lastThere.set(number, lastThere(record, run.statement));
  const write = run.statement.newestFull && !awaitsSource(record) ? keepUnread(record, run.statement) : null;
  if (write !== null) run.changes += 1;
  return write;
}

/** Whether a case provisioned the entity and its source has not reported it yet: then it is not missing. */
function awaitsSource({ id, overlay, claim }: EntityRecord): boolean {
  return id.startsWith(OWN_PREFIX) && (overlay === null || claim.reportedAt <= overlay.at);
}

/** Ends the relationships that a source claims and that its full snapshot does not have. */
export async function sweepRelationships(session: ImportSession, run: SnapshotRun): Promise<void> {
  if (!run.header.full || run.before === undefined || session.problems.any) return;
  const { draft, touched } = session;
  for await (const records of draft.relationshipsClaimedBy(run.statement.source)) {
    const writes: RelationshipWrite[] = [];
    for (const record of records) {
      if (touched.inputOf(record.from, record.to, identOf(record)) === run.position) continue;
      const swept = sweepRelationship(record, run.statement, ownEnds(session, run, record));
      if (swept?.write == null) continue;
      if (swept.outcome !== 'unchanged' && isUnread(session, run, record)) continue;
      if (swept.outcome !== 'unchanged') run.count(swept.outcome);
      run.changes += 1;
      writes.push(swept.write);
    }
    await draft.putRelationships(writes);
    await session.betweenBatches(0);
  }
}

/** Whether a relationship could not be read, or is of an entity that could not: then it stays as it was. */
function isUnread({ table }: ImportSession, run: SnapshotRun, { type, from, to }: RelationshipKey): boolean {
  const kept = (end: number) => table.has(end, 'kept') && table.ownerOf(end) === run.statement.source;
  return run.unread.has(type, from, to) || kept(from) || kept(to);
}

/** The ends of a relationship that belong to the source, and when they were last reported. */
function ownEnds(session: ImportSession, run: SnapshotRun, { from, to }: RelationshipKey): OwnEnd[] {
  const { table } = session;
  return [from, to]
    .filter((number) => table.ownerOf(number) === run.statement.source)
    .map((number) => ({
      wasAbsent: table.has(number, 'wasAbsent'),
      lastThere: table.has(number, 'absent') ? (session.lastThere.get(number) ?? 0) : null,
    }));
}

/** Whether an entity belongs to the source and is absent from what the source reported last. */
export function isAbsent({ table }: ImportSession, run: SnapshotRun, number: number): boolean {
  return table.ownerOf(number) === run.statement.source && table.has(number, 'absent');
}

/** Whether, besides, the source has not reported it after this snapshot. */
export function isGone(session: ImportSession, run: SnapshotRun, number: number): boolean {
  const seen = session.lastThere.get(number) ?? 0;
  return isAbsent(session, run, number) && seen <= run.statement.syncedAt;
}
