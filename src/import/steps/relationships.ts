import type { RelationshipKey, RelationshipRecord } from '../../model/entity.js';
import type { Kind } from '../../model/kinds.js';
import { allowedPairs, isAllowedPair } from '../../model/relationships.js';
import type { SnapshotEnd, SnapshotRelationship } from '../../model/snapshot.js';
import type { RelationshipWrite } from '../../store/draft.js';
import { identOf } from '../../store/relationship-code.js';
import type { Flaw, Place } from '../base/problems.js';
import { relationshipFlaws } from '../check/shape.js';
import { maySpoilText, textFlaws } from '../check/text.js';
import type { Item } from '../read/reader.js';
import { type Mention, reconcileRelationship } from '../reconcile/relationship.js';
import { readRelationship } from '../reconcile/relationship-item.js';
import type { SnapshotRun } from '../reconcile/run.js';
import { consentForAll } from '../rules/consents.js';
import type { ImportSession } from '../session/session.js';
import { type Accepted, isOutdated } from './accepted.js';
import { meetEnds, metEnd, resolveEnd } from './ends.js';
import { opened } from './opened.js';
import { mergeRepeated } from './repeated.js';
import { isAbsent, isGone } from './sweep.js';

/** A relationship whose form has been checked, as the file has it. */
interface Candidate {
  readonly item: SnapshotRelationship;
  readonly place: Place;
  /** Numbers of its ends; undefined where this import has not met them yet. */
  readonly from: number | undefined;
  readonly to: number | undefined;
}

/** Reads all relationships of a snapshot, checks them, and writes what is new into the draft. */
export async function importRelationships(session: ImportSession, run: SnapshotRun): Promise<void> {
  for await (const items of run.reader.items('relationship', session.progressOf())) {
    const candidates: Candidate[] = [];
    for (const item of items) {
      const one = candidate(session, run, item);
      if (one !== null) candidates.push(one);
    }
    const unmet = unmetEnds(candidates);
    if (unmet.length > 0) await meetEnds(session, unmet);
    const accepted: Accepted[] = [];
    for (const one of candidates) {
      const mention = mentionOf(session, run, one);
      if (mention !== null) accepted.push({ mention, place: one.place });
    }
    await write(session, run, accepted);
    run.items += items.length;
    await session.betweenBatches(items.length);
  }
}

function unmetEnds(candidates: readonly Candidate[]): SnapshotEnd[] {
  const unmet: SnapshotEnd[] = [];
  for (const { item, from, to } of candidates) {
    if (from === undefined) unmet.push(item.from);
    if (to === undefined) unmet.push(item.to);
  }
  return unmet;
}

function candidate(session: ImportSession, run: SnapshotRun, { value, raw, place }: Item): Candidate | null {
  let flaws: readonly Flaw[] = relationshipFlaws(value, run.header.full);
  if (raw === null || maySpoilText(raw)) flaws = [...flaws, ...textFlaws(value)];
  if (flaws.length > 0) {
    session.refuse(place, value, flaws);
    return null;
  }
  const item = value as SnapshotRelationship;
  run.found.add(item.type);
  // Only these texts may hold a credential: ends are ids, which are scanned with their entities, and the rest is a
  // closed set of words.
  const { evidence, how, scopes } = item;
  const texts = [evidence, how, ...(scopes ?? [])].filter((text) => typeof text === 'string');
  if (texts.length > 0) session.scanner.pushRepeated(place, { evidence, how, scopes }, texts);
  return { item, place, from: metEnd(session, item.from), to: metEnd(session, item.to) };
}

/** The relationship of an item, with numbers for its ends; null where it is refused or skipped. */
function mentionOf(session: ImportSession, run: SnapshotRun, candidate: Candidate): Mention | null {
  const { item, place } = candidate;
  const from = candidate.from ?? resolveEnd(session, 'from', item.from);
  const to = candidate.to ?? resolveEnd(session, 'to', item.to);
  if (typeof from !== 'number' || typeof to !== 'number') {
    const dangling = [from, to].filter((end) => typeof end !== 'number');
    if (session.options.dangling !== 'skip') session.refuse(place, item, dangling);
    else session.skip(run, place, item, dangling[0] as Flaw);
    return null;
  }
  // One of its ends was refused, which is reported already.
  if (from === 0 || to === 0) return null;
  const flaws: Flaw[] = [];
  const reported = readRelationship(item, (flaw) => flaws.push(flaw));
  const kinds = [session.table.kindOf(from), session.table.kindOf(to)] as [Kind, Kind];
  if (!isAllowedPair(item.type, ...kinds)) flaws.push(wrongPair(item, kinds));
  if (!reported.ended) flaws.push(...consentForAll(session.table, item.type, from, to));
  if (flaws.length > 0) {
    session.refuse(place, item, flaws);
    return null;
  }
  const key: RelationshipKey = { type: item.type, from, to, permission: reported.permission };
  // `needs` matters only where one of the ends is a Resource.
  const needs = item.needs || kinds.includes('Resource') ? reported.needs : null;
  return {
    key,
    reported: needs === reported.needs ? reported : { ...reported, needs },
    endAbsent: isAbsent(session, run, from) || isAbsent(session, run, to),
    endGone: isGone(session, run, from) || isGone(session, run, to),
    outdated: isOutdated(session, key, reported.lastReadAt),
  };
}

function wrongPair({ type }: SnapshotRelationship, [from, to]: [Kind, Kind]): Flaw {
  const message = `${type} does not go from ${from} to ${to}; it goes ${allowedPairs(type)}.`;
  return { field: 'type', rule: 'WRONG_PAIR', message };
}

/** What cases claimed of relationships whose ends were taken out of the state once, by position. */
async function returningOf(
  { table, returning }: ImportSession,
  first: readonly Accepted[],
  isKnown: readonly boolean[],
): Promise<ReadonlyMap<number, RelationshipRecord | undefined>> {
  const isBack = ({ from, to }: RelationshipKey) =>
    table.has(from, 'returning') || table.has(to, 'returning');
  const positions = first.flatMap(({ mention }, at) => (!isKnown[at] && isBack(mention.key) ? [at] : []));
  if (positions.length === 0) return new Map();
  const records = await returning.relationships(positions.map((at) => first[at]!.mention.key));
  return new Map(positions.map((at, place) => [at, records[place]]));
}

async function write(session: ImportSession, run: SnapshotRun, accepted: readonly Accepted[]): Promise<void> {
  const { table, touched, draft } = session;
  const first: Accepted[] = [];
  const known: RelationshipKey[] = [];
  const repeated: Accepted[] = [];
  const isKnown: boolean[] = [];
  for (const one of accepted) {
    const { key } = one.mention;
    const before = touched.touch(key.from, key.to, identOf(key), run.position);
    if (before === run.position) {
      repeated.push(one);
      continue;
    }
    const mayBeThere = before !== undefined || (table.has(key.from, 'before') && table.has(key.to, 'before'));
    first.push(one);
    isKnown.push(mayBeThere);
    if (mayBeThere) known.push(key);
  }
  // The import is refused already: the rest only looks for more problems.
  if (session.problems.any) return;
  const records = known.length === 0 ? [] : await draft.relationships(known);
  const earlier = await returningOf(session, first, isKnown);
  const writes: RelationshipWrite[] = [];
  let next = 0;
  first.forEach(({ mention, place }, at) => {
    const record: RelationshipRecord | undefined = isKnown[at] ? records[next++] : earlier.get(at);
    const result = reconcileRelationship(mention, record, run.statement);
    run.count(result.outcome);
    if (result.opened) opened(session, mention.key, place, record);
    if (result.write === null) return;
    run.changes += 1;
    writes.push(result.write);
  });
  await draft.putRelationships(writes);
  await mergeRepeated(session, run, repeated);
  await session.findings?.batchRead();
}
