import { deriveStatus, type EntityClaim, type SourceNumber } from '../../model/claims.js';
import type { EntityRecord } from '../../model/entity.js';
import { STATUSES } from '../../model/kinds.js';
import type { Millis } from '../../model/time.js';
import type { EntityWrite } from '../../store/draft.js';
import type { Outcome } from '../base/types.js';
import type { ReportedEntity } from './entity-item.js';
import { sameJson } from './equal.js';

/**
 * How the report of a source changes the record of an entity. The later statement holds (by `syncedAt`), so that the
 * order of imports does not matter.
 *
 * A claim with `present` was confirmed by the last full snapshot of its source even where its `reportedAt` is earlier: a
 * full snapshot that shows nothing new rewrites no row. For a claim without `present`, `reportedAt` is the time at which
 * the source last reported the entity.
 */

/** The source and the time of a snapshot, and the full snapshots of the source. */
export interface SnapshotStatement {
  readonly source: SourceNumber;
  readonly syncedAt: Millis;
  /** Whether it is the newest full snapshot of the source: being in it then needs no record of its own. */
  readonly newestFull: boolean;
  /** The last full snapshot of the source before this import; null: there was none. */
  readonly fullBefore: Millis | null;
  /** Kinds and types that the source could not read by what it said before this import: of all accounts. */
  readonly unreadBefore: ReadonlySet<string>;
}

export interface Reconciled<W> {
  readonly outcome: Outcome;
  /** The row to write; null: none. */
  readonly write: W | null;
}

/** Reconciles an entity that a source reports with its record; undefined where there is none. */
export function reconcileEntity(
  reported: ReportedEntity,
  number: number,
  record: EntityRecord | undefined,
  statement: SnapshotStatement,
): Reconciled<EntityWrite> {
  const { syncedAt } = statement;
  if (record === undefined) {
    const write = rowOf(reported, number, undefined, statement);
    return { outcome: 'created', write };
  }
  if (syncedAt < lastThere(record, statement)) {
    // The store has a later report. All that is new is that the source had the entity earlier.
    if (record.firstSeenAt <= syncedAt) return { outcome: 'unchanged', write: null };
    return { outcome: 'unchanged', write: { ...rewritable(record), firstSeenAt: syncedAt } };
  }
  const write = rowOf(reported, number, record, statement);
  if (!sameContent(write, record)) {
    const ended = record.claim.present && reported.ended;
    return { outcome: ended ? 'ended' : 'updated', write };
  }
  const confirmed = statement.newestFull && !record.claim.unconfirmed && !outdatesCase(record, syncedAt);
  const same = write.claim.reportedAt === record.claim.reportedAt;
  const seenBefore = write.firstSeenAt === record.firstSeenAt;
  const settled = seenBefore && write.status === record.status && (same || confirmed);
  if (settled) return { outcome: 'unchanged', write: null };
  return { outcome: write.status === record.status ? 'unchanged' : 'updated', write };
}

/** A new row of an entity that was taken out of the state once, with what a case had done to it then. */
export function withCase(write: EntityWrite, earlier: EntityRecord | undefined): EntityWrite {
  if (earlier === undefined || earlier.kind !== write.kind) return write;
  const { overlay } = earlier;
  const properties = keepRotation(write.properties, earlier);
  const status = deriveStatus(write.kind, write.claim, overlay, properties.rotatedAt);
  return { ...write, overlay, properties, status };
}

/**
 * Ends an entity that is missing from a full snapshot of its source. Nothing is written where it was missing already, or
 * where there is a later report of it.
 */
export function sweepEntity(record: EntityRecord, statement: SnapshotStatement): EntityWrite | null {
  const { claim, overlay } = record;
  if (!claim.present || claim.reportedAt >= statement.syncedAt) return null;
  // After a case has acted on it, the time of the snapshot counts if that is later than the case.
  const overtakes = overlay !== null && statement.syncedAt > overlay.at;
  const reportedAt = overtakes ? statement.syncedAt : lastThere(record, statement);
  return withClaim(record, { present: false, status: STATUSES[record.kind].ended, reportedAt });
}

/**
 * Keeps an entity that is missing from a full snapshot which could not read it. Its claim says from now on when it was
 * last reported.
 */
export function keepUnread(record: EntityRecord, statement: SnapshotStatement): EntityWrite | null {
  const { claim } = record;
  if (!claim.present || claim.unconfirmed || claim.reportedAt >= statement.syncedAt) return null;
  return withClaim(record, { ...claim, reportedAt: lastThere(record, statement), unconfirmed: true });
}

/** When the source last reported an entity: in its claim, or in a later full snapshot that showed nothing new. */
export function lastThere({ claim }: EntityRecord, { fullBefore }: SnapshotStatement): Millis {
  return claim.present && !claim.unconfirmed ? Math.max(claim.reportedAt, fullBefore ?? 0) : claim.reportedAt;
}

function rowOf(
  reported: ReportedEntity,
  number: number,
  record: EntityRecord | undefined,
  { source, syncedAt, fullBefore, unreadBefore }: SnapshotStatement,
): EntityWrite {
  const { ended, kind } = reported;
  // An entity in an older snapshot was missing from the last full snapshot, or it would have a later claim.
  const newest = fullBefore === null || fullBefore <= syncedAt;
  // Where that one could not read its kind, and nothing else is known of it, it may still be there.
  const unconfirmed = !newest && record === undefined && unreadBefore.has(kind);
  const present = !ended && (newest || unconfirmed);
  const status = present ? reported.status : STATUSES[kind].ended;
  const claim = { present, status, reportedAt: syncedAt, ...(present && unconfirmed ? { unconfirmed } : {}) };
  const overlay = record?.overlay ?? null;
  const properties = keepRotation(reported.properties, record);
  return {
    number,
    id: record?.id ?? reported.id,
    kind,
    name: reported.name,
    status: deriveStatus(kind, claim, overlay, properties.rotatedAt),
    source,
    externalId: reported.externalId,
    createdAt: reported.createdAt,
    lastUsedAt: reported.lastUsedAt,
    properties,
    attributes: reported.attributes,
    firstSeenAt: Math.min(record?.firstSeenAt ?? syncedAt, syncedAt),
    claim,
    overlay,
  };
}

/** Keeps a rotation that a case did, where the source does not report it: the later `rotatedAt` holds. */
export function keepRotation(
  reported: Readonly<Record<string, unknown>>,
  record: EntityRecord | undefined,
): Readonly<Record<string, unknown>> {
  const known = record?.properties.rotatedAt;
  if (!record?.overlay || typeof known !== 'number') return reported;
  const told = reported.rotatedAt;
  return typeof told === 'number' && told >= known ? reported : { ...reported, rotatedAt: known };
}

/** Whether a case acted on the entity after its claim was made and before this statement. */
function outdatesCase({ overlay, claim }: EntityRecord, syncedAt: Millis): boolean {
  return overlay !== null && claim.reportedAt <= overlay.at && overlay.at < syncedAt;
}

function sameContent(write: EntityWrite, record: EntityRecord): boolean {
  return (
    write.name === record.name &&
    write.externalId === record.externalId &&
    write.createdAt === record.createdAt &&
    write.lastUsedAt === record.lastUsedAt &&
    write.claim.present === record.claim.present &&
    write.claim.status === record.claim.status &&
    sameJson(write.properties, record.properties) &&
    sameJson(write.attributes, record.attributes)
  );
}

function withClaim(record: EntityRecord, claim: EntityClaim): EntityWrite {
  const status = deriveStatus(record.kind, claim, record.overlay, record.properties.rotatedAt);
  return { ...rewritable(record), claim, status };
}

function rewritable(record: EntityRecord): EntityWrite {
  const { lastSeenAt: _, ...rest } = record;
  return rest;
}
