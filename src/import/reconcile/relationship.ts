import { CASES, deriveRelationship, type RelationshipClaim } from '../../model/claims.js';
import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import type { Millis } from '../../model/time.js';
import type { RelationshipWrite } from '../../store/draft.js';
import type { Outcome } from '../base/types.js';
import type { Reconciled, SnapshotStatement } from './entity.js';
import { sameJson } from './equal.js';
import type { Outdated } from './knows.js';
import type { ReportedRelationship } from './relationship-item.js';

/** How the report of a source changes the record of a relationship. As with entities, the later statement holds. */

/** A relationship that a source reports, with the state of its ends and of the cases. */
export interface Mention {
  readonly key: RelationshipKey;
  readonly reported: ReportedRelationship;
  /** Whether an end that belongs to the source is absent from its last report. */
  readonly endAbsent: boolean;
  /** Whether `endAbsent` holds, and no later snapshot of the source has that end either. */
  readonly endGone: boolean;
  /** Whether a later rotation makes the report void: the person knows an old value ({@link knowsOldValue}). */
  readonly outdated: Outdated;
}

export interface ReconciledRelationship extends Reconciled<RelationshipWrite> {
  /** Whether it was not open before, and is now. */
  readonly opened: boolean;
}

/** Reconciles a relationship that a source reports with its record; undefined where there is none. */
export function reconcileRelationship(
  mention: Mention,
  record: RelationshipRecord | undefined,
  statement: SnapshotStatement,
): ReconciledRelationship {
  const { source, syncedAt, fullBefore, unreadBefore } = statement;
  const claim = record?.claims.find((one) => one.source === source);
  const isUnread = claim === undefined && unreadBefore.has(mention.key.type);
  // A later full snapshot does not have it, so it has ended since, unless it is missing together with its end, or was not read.
  const swept = fullBefore !== null && fullBefore > syncedAt && !mention.endGone && !isUnread;
  const open = !mention.reported.ended && !isVoid(mention, record) && !swept;
  if (claim === undefined) {
    return swept ? UNCHANGED : written(mention, record, claimOf(mention, undefined, statement, open));
  }
  // A full snapshot ended it before this report showed that the source had it as long as it had that end.
  const tooEarly = !claim.open && mention.endGone && claim.reportedAt <= (fullBefore ?? 0);
  if (!tooEarly && syncedAt < lastReportedAt(claim, mention, statement)) {
    return learnStart(mention, record, claim, syncedAt);
  }
  if (swept && !claim.open) return UNCHANGED;
  const next = claimOf(mention, claim, statement, open);
  if (sameClaim(next, claim)) {
    // The newest full snapshot confirms all that it has; only where an end is missing must the claim say so.
    const confirmed = statement.newestFull && !mention.endAbsent && !outdatesCase(record, claim, syncedAt);
    if (confirmed || next.reportedAt === claim.reportedAt) return UNCHANGED;
  }
  return written(mention, record, next);
}

/** Whether a later rotation makes a report void. */
function isVoid({ outdated }: Mention, record: RelationshipRecord | undefined): boolean {
  if (outdated !== 'IF_A_CASE_ENDED_IT') return outdated === 'YES';
  return endingOf(record) !== undefined;
}

/** The claim of a case that the relationship has ended. */
const endingOf = (record: RelationshipRecord | undefined): RelationshipClaim | undefined =>
  record?.claims.find((one) => one.source === CASES && !one.open);

/** An end of a relationship that belongs to the source which claims it. */
export interface OwnEnd {
  /** Whether it was absent from the source's last report before this import. */
  readonly wasAbsent: boolean;
  /** When the source last reported it; null where it is present now. */
  readonly lastThere: Millis | null;
}

/**
 * Ends a claim that a full snapshot of its source does not repeat, unless a later report has it, or the source had it as
 * long as it had one of its ends. In that case it is missing together with that end, and stays open: the tokens of a
 * deleted user must not disappear from answers with the user (semantics, section 7).
 */
export function sweepRelationship(
  record: RelationshipRecord,
  statement: SnapshotStatement,
  ends: readonly OwnEnd[],
): Reconciled<RelationshipWrite> | null {
  const { source, syncedAt, fullBefore, newestFull } = statement;
  const claim = record.claims.find((one) => one.source === source);
  if (claim === undefined || !claim.open) return null;
  // With all its ends present, the last full snapshot had it, or it would have ended. Otherwise its claim has the time.
  const confirmed = ends.every((end) => !end.wasAbsent);
  const reported = confirmed ? Math.max(claim.reportedAt, fullBefore ?? 0) : claim.reportedAt;
  if (reported >= Math.max(syncedAt, fullBefore ?? 0)) return null;
  const keeping = ends.find(
    ({ lastThere, wasAbsent }) =>
      lastThere !== null && (lastThere <= reported || (newestFull && confirmed && !wasAbsent)),
  );
  if (keeping === undefined) {
    const write = replaced(record, record, { ...claim, open: false, reportedAt: syncedAt });
    const ended = record.open && !deriveRelationship(write.claims).open;
    return { outcome: ended ? 'ended' : 'updated', write };
  }
  const reportedAt = Math.max(reported, keeping.lastThere ?? 0);
  if (reportedAt === claim.reportedAt) return null;
  // From now on its claim itself has the time at which it was last reported.
  return { outcome: 'unchanged', write: replaced(record, record, { ...claim, reportedAt }) };
}

/** The outcome for a relationship between two states, by the claim of one source. */
export function outcomeBetween(
  before: RelationshipRecord | undefined,
  after: RelationshipRecord | undefined,
  source: number,
): Outcome {
  const [old, now] = [before, after].map((record) => record?.claims.find((one) => one.source === source));
  if (after === undefined || now === undefined || (old !== undefined && sameClaim(now, old)))
    return 'unchanged';
  if (before === undefined) return 'created';
  return before.open && !after.open ? 'ended' : 'updated';
}

const UNCHANGED: ReconciledRelationship = { outcome: 'unchanged', write: null, opened: false };

function written(
  { key }: Mention,
  record: RelationshipRecord | undefined,
  claim: RelationshipClaim,
): ReconciledRelationship {
  if (record === undefined) {
    const { type, from, to, permission } = key;
    const write = { type, from, to, permission, claims: [claim] };
    return { outcome: 'created', write, opened: claim.open };
  }
  const write = replaced(key, record, claim);
  const { open } = deriveRelationship(write.claims);
  const before = record.claims.find((one) => one.source === claim.source);
  const same = before !== undefined && sameClaim(before, claim) && record.open === open;
  const outcome = record.open && !open ? 'ended' : same ? 'unchanged' : 'updated';
  return { outcome, write, opened: open && !record.open };
}

/** All claims on a relationship, with one of them replaced, in order of source number. */
function replaced(
  { type, from, to, permission }: RelationshipKey,
  { claims }: RelationshipRecord,
  claim: RelationshipClaim,
): RelationshipWrite {
  const others = claims.filter((one) => one.source !== claim.source);
  const all = [...others, claim].sort((a, b) => a.source - b.source);
  return { type, from, to, permission, claims: all };
}

/** An older snapshot can only show that it began earlier, where the source itself does not say when it began. */
function learnStart(
  mention: Mention,
  record: RelationshipRecord | undefined,
  claim: RelationshipClaim,
  syncedAt: Millis,
): ReconciledRelationship {
  const startedAt = Math.min(claim.startedAt, mention.reported.startedAt ?? syncedAt);
  if (claim.startedByWord || startedAt === claim.startedAt || record === undefined) return UNCHANGED;
  return { ...written(mention, record, { ...claim, startedAt }), outcome: 'unchanged' };
}

/** When the source last reported it: by its claim, or by a later full snapshot that showed nothing new. */
function lastReportedAt(
  claim: RelationshipClaim,
  { endAbsent }: Mention,
  { fullBefore }: SnapshotStatement,
): Millis {
  return claim.open && !endAbsent ? Math.max(claim.reportedAt, fullBefore ?? 0) : claim.reportedAt;
}

function claimOf(
  { reported }: Mention,
  before: RelationshipClaim | undefined,
  { source, syncedAt }: SnapshotStatement,
  open: boolean,
): RelationshipClaim {
  const word = reported.startedAt;
  // Each property is named, because copying the rest of an object takes longer than everything else here.
  return {
    source,
    open,
    reportedAt: syncedAt,
    startedAt: word ?? Math.min(before?.startedAt ?? syncedAt, syncedAt),
    startedByWord: word !== null,
    needs: reported.needs,
    required: reported.required,
    access: reported.access,
    sustains: reported.sustains,
    how: reported.how,
    lastReadAt: reported.lastReadAt,
    scopes: reported.scopes,
    evidence: reported.evidence,
  };
}

/** Whether two claims have the same content, whenever they were made. */
function sameClaim(a: RelationshipClaim, b: RelationshipClaim): boolean {
  return (
    a.open === b.open &&
    a.startedAt === b.startedAt &&
    a.startedByWord === b.startedByWord &&
    a.needs === b.needs &&
    a.required === b.required &&
    a.access === b.access &&
    a.sustains === b.sustains &&
    a.how === b.how &&
    a.lastReadAt === b.lastReadAt &&
    a.evidence === b.evidence &&
    sameJson(a.scopes, b.scopes)
  );
}

/** Whether a case ended it after the claim was made and before this statement: then the statement is recorded. */
function outdatesCase(
  record: RelationshipRecord | undefined,
  claim: RelationshipClaim,
  syncedAt: Millis,
): boolean {
  const ending = endingOf(record);
  return ending !== undefined && claim.reportedAt <= ending.reportedAt && ending.reportedAt < syncedAt;
}
