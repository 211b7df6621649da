import { CASES, type RelationshipClaim } from '../../model/claims.js';
import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import { ruleOf } from '../../model/relationships.js';
import type { Millis } from '../../model/time.js';
import type { Draft, RelationshipWrite } from '../../store/draft.js';
import type { Change, RelationshipDetails, RelationshipName } from '../plan/change.js';
import type { Applied, Applying } from './applied.js';

type RelationshipChange = Extract<Change, { change: 'OPEN' | 'END' }>;

/**
 * Opens and ends relationships as claims of the case. An end holds until a later import of a source that claims the
 * relationship. A relationship that is already open is not opened again, and one that is not open is not ended.
 */
export async function applyToRelationships(
  draft: Draft,
  changes: readonly RelationshipChange[],
  how: Applying,
): Promise<Applied[]> {
  if (changes.length === 0) return [];
  const numbers = await numbersOf(draft, changes);
  const applied: Applied[] = [];
  // One action may end a relationship and open it again with other properties. The last change counts.
  for (const batch of withoutRepeats(changes)) {
    const keys = batch.map(({ relationship }) => keyOf(relationship, numbers));
    const records = await draft.relationships(keys);
    const writes: RelationshipWrite[] = [];
    for (const [position, change] of batch.entries()) {
      const write = written(change, keys[position] as RelationshipKey, records[position], how);
      if (write === null) continue;
      writes.push(write);
      applied.push(appliedOf(change));
    }
    await draft.putRelationships(writes);
  }
  return applied;
}

async function numbersOf(
  draft: Draft,
  changes: readonly RelationshipChange[],
): Promise<ReadonlyMap<string, number>> {
  const ids = [...new Set(changes.flatMap(({ relationship }) => [relationship.from, relationship.to]))];
  const numbers = await draft.numbersOf(ids);
  return new Map(ids.map((id, position) => [id, numbers[position] as number]));
}

/** The changes in order, in batches of which none has a relationship twice. */
function withoutRepeats(changes: readonly RelationshipChange[]): RelationshipChange[][] {
  const batches: RelationshipChange[][] = [];
  let names = new Set<string>();
  for (const change of changes) {
    const { type, from, to, permission } = change.relationship;
    const name = JSON.stringify([type, from, to, permission]);
    if (batches.length === 0 || names.has(name)) {
      batches.push([]);
      names = new Set();
    }
    names.add(name);
    batches.at(-1)?.push(change);
  }
  return batches;
}

function keyOf(name: RelationshipName, numbers: ReadonlyMap<string, number>): RelationshipKey {
  const { type } = name;
  const permission = ruleOf(type).properties.includes('permission') ? (name.permission ?? 'READ') : null;
  return { type, from: numbers.get(name.from) ?? 0, to: numbers.get(name.to) ?? 0, permission };
}

/** What to write for a change; null where nothing has to change. */
function written(
  change: RelationshipChange,
  key: RelationshipKey,
  record: RelationshipRecord | undefined,
  { at, case: by }: Applying,
): RelationshipWrite | null {
  const claims = record?.claims ?? [];
  // At least as late as every claim, also of a source whose clock is ahead.
  const reportedAt = claims.reduce((latest, claim) => Math.max(latest, claim.reportedAt), at);
  if (change.change === 'END') {
    if (record === undefined || !record.open) return null;
    const others = claims.filter(({ source }) => source !== CASES);
    // The case had only said anew what a source says: its own word goes, and the relationship stays.
    if (change.relationship.withdrawn === true && others.some(({ open }) => open))
      return { ...key, claims: others };
    return withClaim(key, claims, endedBy(record, reportedAt, by));
  }
  const { type, from, to } = change.relationship;
  if (key.from === 0 || key.to === 0)
    throw new Error(`${type} cannot begin from ${from} to ${to}: one is not there.`);
  if (record !== undefined && change.relationship.restored === true) return restored(key, record, reportedAt);
  const claim = openedBy(change, reportedAt);
  return record !== undefined && says(record, claim) ? null : withClaim(key, claims, claim);
}

/**
 * A relationship that this case had ended, restored to what its sources claim, as if the case had made no claim. Null
 * where it is open, or where a source has reported its end since.
 */
function restored(
  key: RelationshipKey,
  { open, claims }: RelationshipRecord,
  reportedAt: Millis,
): RelationshipWrite | null {
  const ending = claims.find(({ source }) => source === CASES);
  if (open || ending === undefined) return null;
  const others = claims.filter(({ source }) => source !== CASES);
  if (others.some((claim) => claim.open)) return { ...key, claims: others };
  if (others.some((claim) => claim.reportedAt > ending.reportedAt)) return null;
  // An earlier case had opened it, and no source claims it: the claim of that case is restored.
  return withClaim(key, claims, { ...ending, open: true, reportedAt, evidence: null });
}

/** Whether a relationship is open with at least what a claim would say. */
function says(record: RelationshipRecord, claim: RelationshipClaim): boolean {
  return (
    record.open &&
    record.access &&
    record.required === claim.required &&
    (record.sustains || !claim.sustains) &&
    claim.scopes.every((scope) => record.scopes.includes(scope))
  );
}

/** The claim of the case that a relationship has ended. Its evidence is the id of the case, which imports read. */
function endedBy(record: RelationshipRecord, reportedAt: Millis, by: string): RelationshipClaim {
  const { needs, required, access, sustains, how, lastReadAt, scopes, startedAt } = record;
  const told = { needs, required, access, sustains, how, lastReadAt, scopes, evidence: by };
  return { ...told, source: CASES, open: false, reportedAt, startedAt, startedByWord: false };
}

function openedBy({ relationship }: RelationshipChange, reportedAt: Millis): RelationshipClaim {
  const { properties } = ruleOf(relationship.type);
  const { required = true, sustains = false, scopes = [] } = relationship as RelationshipDetails;
  return {
    source: CASES,
    open: true,
    reportedAt,
    startedAt: reportedAt,
    startedByWord: false,
    needs: properties.includes('needs') ? 'WRITE' : null,
    required,
    access: true,
    sustains,
    how: null,
    lastReadAt: null,
    scopes,
    evidence: null,
  };
}

/** All claims, with the claim of the cases replaced. It comes first because its source has the smallest number. */
function withClaim(
  { type, from, to, permission }: RelationshipKey,
  claims: readonly RelationshipClaim[],
  claim: RelationshipClaim,
): RelationshipWrite {
  return { type, from, to, permission, claims: [claim, ...claims.filter(({ source }) => source !== CASES)] };
}

function appliedOf({ change, relationship }: RelationshipChange): Applied {
  const { type, from, to, permission } = relationship;
  const what = { relationship: type, from, to, ...(permission === undefined ? {} : { permission }) };
  return change === 'END' ? { what, before: 'OPEN', after: 'ENDED' } : { what, before: null, after: 'OPEN' };
}
