import { deriveRelationship, type RelationshipClaim } from '../../model/claims.js';
import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import { identOf } from '../../store/relationship-code.js';
import { sameJson } from '../reconcile/equal.js';
import { outcomeBetween, reconcileRelationship } from '../reconcile/relationship.js';
import { type ReportedRelationship, stronger } from '../reconcile/relationship-item.js';
import type { SnapshotRun } from '../reconcile/run.js';
import type { ImportSession } from '../session/session.js';
import { type Accepted, isOutdated } from './accepted.js';
import { opened } from './opened.js';

/**
 * Merges lines of one file that repeat a relationship of an earlier line: the stronger claim holds.
 *
 * The result of the first line may have been written already. So the relationship is taken back to what the source
 * claimed before this import, and both lines together are reconciled with that. Importing the same file again must
 * change nothing.
 */
export async function mergeRepeated(
  session: ImportSession,
  run: SnapshotRun,
  repeated: readonly Accepted[],
): Promise<void> {
  let waiting = repeated;
  while (waiting.length > 0) {
    const later: Accepted[] = [];
    const round = new Map<string, Accepted>();
    for (const one of waiting) {
      const name = nameOf(one.mention.key);
      if (round.has(name)) later.push(one);
      else round.set(name, one);
    }
    await mergeRound(session, run, [...round.values()]);
    waiting = later;
  }
}

/** Merges lines, each of another relationship. */
async function mergeRound(
  session: ImportSession,
  run: SnapshotRun,
  round: readonly Accepted[],
): Promise<void> {
  const { store, draft } = session;
  const { source } = run.statement;
  const keys = round.map(({ mention }) => mention.key);
  const now = await draft.relationships(keys);
  const base = await store.relationships(keys, draft.base.revision);
  for (const [at, { mention, place }] of round.entries()) {
    const current = now[at];
    const [claimNow, before] = [claimIn(current, source), claimIn(base[at], source)];
    // The first line left no claim, because a later full snapshot is stored already: the repeat has no effect either.
    if (current === undefined || claimNow === undefined) {
      run.count('unchanged');
      continue;
    }
    const reported = stronger(reportedBy(claimNow, mention.key), mention.reported);
    const outdated = isOutdated(session, mention.key, reported.lastReadAt);
    const earlier = withClaim(current, source, before);
    const result = reconcileRelationship({ ...mention, reported, outdated }, earlier, run.statement);
    const after = withClaim(current, source, result.write ? claimIn(result.write, source) : before);
    run.count(outcomeBetween(base[at], current, source), -1);
    run.count(outcomeBetween(base[at], after, source));
    run.changes += Number(result.write !== null) - Number(!sameJson(claimNow, before));
    if (result.opened) opened(session, mention.key, place, earlier);
    if (after !== undefined) await draft.putRelationships([{ ...mention.key, claims: after.claims }]);
  }
}

function nameOf(key: RelationshipKey): string {
  return `${key.from} ${key.to} ${identOf(key)}`;
}

function claimIn(
  record: { readonly claims: readonly RelationshipClaim[] } | undefined,
  source: number,
): RelationshipClaim | undefined {
  return record?.claims.find((claim) => claim.source === source);
}

/** What a source must have reported to claim this. */
function reportedBy(claim: RelationshipClaim, { permission }: RelationshipKey): ReportedRelationship {
  const { source: _, open, reportedAt: __, startedAt, startedByWord, ...properties } = claim;
  return { ...properties, permission, startedAt: startedByWord ? startedAt : null, ended: !open };
}

/** A relationship with another claim of one source, or none; undefined where no claim is left. */
function withClaim(
  record: RelationshipRecord,
  source: number,
  claim: RelationshipClaim | undefined,
): RelationshipRecord | undefined {
  const others = record.claims.filter((one) => one.source !== source);
  const claims = [...others, ...(claim ? [claim] : [])].sort((a, b) => a.source - b.source);
  return claims.length === 0 ? undefined : { ...record, ...deriveRelationship(claims), claims };
}
