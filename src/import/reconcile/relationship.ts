import { CASES, deriveRelationship, type RelationshipClaim } from '../../model/claims.js';
import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import type { Millis } from '../../model/time.js';
import type { RelationshipWrite } from '../../store/draft.js';
import type { Outcome } from '../base/types.js';
import type { Reconciled, SnapshotStatement } from './entity.js';
import { sameJson } from './equal.js';
import type { Outdated } from './knows.js';
import type { ReportedRelationship } from './relationship-item.js';

/** How what a source says of a relationship changes what is known of it: as with entities, the later holds. */

/** A relationship that a source reports, with what else bears on it. */
export interface Mention {
  readonly key: RelationshipKey;
  readonly reported: ReportedRelationship;
  /** An end that belongs to the source is absent from what it reported last. */
  readonly endAbsent: boolean;
  /** The same, and the source has not seen that end after this snapshot. */
  readonly endGone: boolean;
  /** What a case did since makes the report void: somebody knows an old value ({@link knowsOldValue}). */
  readonly outdated: Outdated;
}

export interface ReconciledRelationship extends Reconciled<RelationshipWrite> {
  /** It was not open before, and is now. */
  readonly opened: boolean;
}

/** A relationship that a source reports. `record`: what is known of it, undefined where nothing is. */
export function reconcileRelationship(
  mention: Mention,
  record: RelationshipRecord | undefined,
  statement: SnapshotStatement,
): ReconciledRelationship {
  const { source, syncedAt, fullBefore } = statement;
  const claim = record?.claims.find((one) => one.source === source);
  // A later full snapshot does not have it, so it has ended since, unless it went missing with its end.
  const swept = fullBefore !== null && fullBefore > syncedAt && !mention.endGone;
  const open = !mention.reported.ended && !isVoid(mention, record) && !swept;
  if (claim === undefined) {
    return swept ? UNCHANGED : written(mention, record, claimOf(mention, undefined, statement, open));
  }
  // A full snapshot ended it, not knowing yet that it was still there when its end was last there.
  const tooEarly = !claim.open && mention.endGone && claim.reportedAt <= (fullBefore ?? 0);
  if (!tooEarly && syncedAt < saidAt(claim, mention, statement)) {
    return learnStart(mention, record, claim, syncedAt);
  }
  if (swept && !claim.open) return UNCHANGED;
  const next = claimOf(mention, claim, statement, open);
  if (sameClaim(next, claim)) {
    // A full snapshot tells of all it has by having been; only where an end is missing must it be said.
    const told = statement.newestFull && !mention.endAbsent && !outdatesCase(record, claim, syncedAt);
    if (told || next.reportedAt === claim.reportedAt) return UNCHANGED;
  }
  return written(mention, record, next);
}

/** Whether what a case did since makes a report void. */
function isVoid({ outdated }: Mention, record: RelationshipRecord | undefined): boolean {
  if (outdated !== 'IF_A_CASE_ENDED_IT') return outdated === 'YES';
  return endingOf(record) !== undefined;
}

/** The word of a case that it ended. */
const endingOf = (record: RelationshipRecord | undefined): RelationshipClaim | undefined =>
  record?.claims.find((one) => one.source === CASES && !one.open);

/** An end of a relationship that belongs to the source which claims it. */
export interface OwnEnd {
  /** Before this import it was absent from what the source reported last. */
  readonly wasAbsent: boolean;
  /** When it was last there; null where it is there now. */
  readonly lastThere: Millis | null;
}

/**
 * A claim that a full snapshot of its source does not repeat: it ends, unless something later spoke of it, or
 * it was still there when one of its ends was last there. Then it went missing with that end, and stays: a
 * deleted user's tokens must not vanish from the answer with the user (semantics, section 7).
 */
export function sweepRelationship(
  record: RelationshipRecord,
  statement: SnapshotStatement,
  ends: readonly OwnEnd[],
): Reconciled<RelationshipWrite> | null {
  const { source, syncedAt, fullBefore, newestFull } = statement;
  const claim = record.claims.find((one) => one.source === source);
  if (claim === undefined || !claim.open) return null;
  // With all its ends there, a full snapshot had it, or it would have ended; with one absent, its claim tells.
  const confirmed = ends.every((end) => !end.wasAbsent);
  const said = confirmed ? Math.max(claim.reportedAt, fullBefore ?? 0) : claim.reportedAt;
  if (said >= Math.max(syncedAt, fullBefore ?? 0)) return null;
  const keeping = ends.find(
    ({ lastThere, wasAbsent }) =>
      lastThere !== null && (lastThere <= said || (newestFull && confirmed && !wasAbsent)),
  );
  if (keeping === undefined) {
    const write = replaced(record, record, { ...claim, open: false, reportedAt: syncedAt });
    const ended = record.open && !deriveRelationship(write.claims).open;
    return { outcome: ended ? 'ended' : 'updated', write };
  }
  const reportedAt = Math.max(said, keeping.lastThere ?? 0);
  if (reportedAt === claim.reportedAt) return null;
  // From now on its claim has to tell when it was last there itself.
  return { outcome: 'unchanged', write: replaced(record, record, { ...claim, reportedAt }) };
}

/** What became of a relationship between two states, by the claim of one source. */
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

/** All claims on a relationship, with one of them new, in order of source number. */
function replaced(
  { type, from, to, permission }: RelationshipKey,
  { claims }: RelationshipRecord,
  claim: RelationshipClaim,
): RelationshipWrite {
  const others = claims.filter((one) => one.source !== claim.source);
  const all = [...others, claim].sort((a, b) => a.source - b.source);
  return { type, from, to, permission, claims: all };
}

/** An older snapshot can only tell that it began earlier, where the source has no word of its own on that. */
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

/** When the source last spoke of it: by its claim, or by a full snapshot that had it and showed nothing new. */
function saidAt(claim: RelationshipClaim, { endAbsent }: Mention, { fullBefore }: SnapshotStatement): Millis {
  return claim.open && !endAbsent ? Math.max(claim.reportedAt, fullBefore ?? 0) : claim.reportedAt;
}

function claimOf(
  { reported }: Mention,
  before: RelationshipClaim | undefined,
  { source, syncedAt }: SnapshotStatement,
  open: boolean,
): RelationshipClaim {
  const word = reported.startedAt;
  // Each property by name: copying the rest of an object costs more than all else that is done here.
  return {
    source,
    open,
    reportedAt: syncedAt,
    startedAt: word ?? Math.min(before?.startedAt ?? syncedAt, syncedAt),
    startedByWord: word !== null,
    needs: reported.needs,
    required: reported.required,
    access: reported.access,
    how: reported.how,
    lastReadAt: reported.lastReadAt,
    scopes: reported.scopes,
    evidence: reported.evidence,
  };
}

/** Whether two claims say the same, whenever they said it. */
function sameClaim(a: RelationshipClaim, b: RelationshipClaim): boolean {
  return (
    a.open === b.open &&
    a.startedAt === b.startedAt &&
    a.startedByWord === b.startedByWord &&
    a.needs === b.needs &&
    a.required === b.required &&
    a.access === b.access &&
    a.how === b.how &&
    a.lastReadAt === b.lastReadAt &&
    a.evidence === b.evidence &&
    sameJson(a.scopes, b.scopes)
  );
}

/** Whether a case ended it after the claim was made and before this statement, which then must be recorded. */
function outdatesCase(
  record: RelationshipRecord | undefined,
  claim: RelationshipClaim,
  syncedAt: Millis,
): boolean {
  const ending = endingOf(record);
  return ending !== undefined && claim.reportedAt <= ending.reportedAt && ending.reportedAt < syncedAt;
}
