import { emailKey } from '../../model/email-address.js';
import type { EntityRecord } from '../../model/entity.js';
import { idProblem, OWN_PREFIX, OWN_SOURCE } from '../../model/ids.js';
import { isLiveStatus } from '../../model/kinds.js';
import type { SnapshotEntity } from '../../model/snapshot.js';
import type { EntityWrite } from '../../store/draft.js';
import { type Flaw, type Place, quoteValue } from '../base/problems.js';
import { attributeFlaws } from '../check/attributes.js';
import { entityFlaws } from '../check/shape.js';
import { maySpoilText, textFlaws } from '../check/text.js';
import { valueFlaws } from '../check/values.js';
import type { Item } from '../read/reader.js';
import { reconcileEntity, withCase } from '../reconcile/entity.js';
import { type ReportedEntity, readEntity } from '../reconcile/entity-item.js';
import { rotatedByCase } from '../reconcile/knows.js';
import type { SnapshotRun } from '../reconcile/run.js';
import type { ImportSession } from '../session/session.js';
import { Adoptions } from './adoption.js';
import { countsAsEnded } from './mass-end.js';

interface Candidate {
  readonly reported: ReportedEntity;
  readonly place: Place;
}

/** Reads all entities of a snapshot, checks them, and writes what is new into the draft. */
export async function importEntities(session: ImportSession, run: SnapshotRun): Promise<void> {
  const adoptions = new Adoptions(session, run);
  for await (const items of run.reader.items('entity', session.progressOf())) {
    const candidates = items.flatMap((item) => candidate(session, run, item) ?? []);
    await importBatch(session, run, adoptions, candidates);
    run.items += items.length;
    await session.betweenBatches(items.length);
  }
}

/** The entity of an item; null where it was refused. */
function candidate(session: ImportSession, run: SnapshotRun, { value, raw, place }: Item): Candidate | null {
  const flaws: Flaw[] = [...entityFlaws(value, run.header.full)];
  if (raw === null || maySpoilText(raw)) flaws.push(...textFlaws(value));
  const item = value as SnapshotEntity;
  const isFlawed = (field: string) => flaws.some((flaw) => flaw.field === field);
  // All flaws are reported at once, so the checks below may get a value that is no entity in form.
  const { id, attributes } = (value ?? {}) as { id?: unknown; attributes?: unknown };
  flaws.push(
    ...valueFlaws((value ?? {}) as { url?: unknown; timeZone?: unknown }).filter(
      ({ field }) => !isFlawed(field),
    ),
  );
  if (!isFlawed('attributes')) flaws.push(...attributeFlaws(attributes));
  if (typeof id === 'string' && !isFlawed('id')) flaws.push(...idFlaws(id, run));
  const reported = flaws.length === 0 ? readEntity(item, (flaw) => flaws.push(flaw)) : null;
  if (reported === null || flaws.length > 0) {
    session.refuse(place, value, flaws);
    // Its id is known all the same: relationships that refer to it are not dangling.
    if (typeof id === 'string' && !session.numbers.has(id)) session.numbers.set(id, 0);
    return null;
  }
  session.scanner.push(place, value, raw);
  run.found.add(reported.kind);
  return { reported, place };
}

function idFlaws(id: string, run: SnapshotRun): Flaw[] {
  const problem = idProblem(id);
  if (problem !== undefined) return [{ field: 'id', rule: 'BAD_ID', message: `This is no id: ${problem}.` }];
  if (!id.startsWith(OWN_PREFIX) || run.header.id === OWN_SOURCE) return [];
  const message = `Ids that begin with ${OWN_PREFIX} are made by Tendril itself; give it another id.`;
  return [{ field: 'id', rule: 'BAD_ID', message }];
}

async function importBatch(
  session: ImportSession,
  run: SnapshotRun,
  adoptions: Adoptions,
  candidates: readonly Candidate[],
): Promise<void> {
  const { draft, table } = session;
  const ids = candidates.map(({ reported }) => reported.id);
  const before = session.fresh ? ids.map(() => 0) : await draft.numbersOf(ids);
  const adopted = await adoptions.of(
    candidates.map(({ reported }) => reported),
    before,
  );
  const unknown = candidates.flatMap(({ reported }, at) =>
    before[at] === 0 && adopted[at] === null && !session.numbers.has(reported.id) ? [reported.id] : [],
  );
  const assigned = new Map<string, number>();
  (await draft.assignNumbers(unknown)).forEach((number, at) => {
    assigned.set(unknown[at] as string, number);
  });
  const numbers = candidates.map(
    ({ reported }, at) =>
      adopted[at] ?? (before[at] || assigned.get(reported.id) || session.numbers.get(reported.id) || 0),
  );
  const records = await recordsOf(session, numbers, before, adopted);
  const earlier = await returningOf(session, candidates, numbers, before, records);
  const written: { write: EntityWrite; record: EntityRecord | undefined }[] = [];
  candidates.forEach((one, at) => {
    const number = numbers[at] as number;
    const record = records[at];
    if (record !== undefined) table.set(number, 'before', true);
    if (isRefused(session, run, one, number, record)) return;
    session.numbers.set(one.reported.id, number);
    table.mention(number, run.position, one.place.row);
    const write = reconcile(session, run, one.reported, number, record, earlier.get(one.reported.id));
    if (write !== null) written.push({ write, record });
  });
  if (session.problems.any) return;
  await draft.putEntities(written.map(({ write }) => write));
  await session.findings?.entitiesWritten(run.header.id, written);
}

/** The entities of a batch that were taken out of the state once, by id, where a case had acted on them. */
async function returningOf(
  { fresh, table, returning }: ImportSession,
  candidates: readonly Candidate[],
  numbers: readonly number[],
  before: readonly number[],
  records: readonly (EntityRecord | undefined)[],
): Promise<ReadonlyMap<string, EntityRecord>> {
  const isBack = (at: number) => !fresh && before[at] !== 0 && records[at] === undefined;
  const ids = candidates.flatMap(({ reported }, at) => (isBack(at) ? [reported.id] : []));
  numbers.forEach((number, at) => {
    if (isBack(at)) table.set(number, 'returning', true);
  });
  return ids.length === 0 ? new Map() : returning.entities(ids);
}

async function recordsOf(
  session: ImportSession,
  numbers: readonly number[],
  before: readonly number[],
  adopted: readonly (number | null)[],
): Promise<(EntityRecord | undefined)[]> {
  const wanted = numbers.filter((_, at) => before[at] !== 0 || adopted[at] !== null);
  const found = wanted.length === 0 ? [] : await session.draft.entities(wanted);
  let next = 0;
  return numbers.map((_, at) => (before[at] !== 0 || adopted[at] !== null ? found[next++] : undefined));
}

/** Whether an entity conflicts with another of this import, or with the store; then it is refused. */
function isRefused(
  session: ImportSession,
  run: SnapshotRun,
  { reported, place }: Candidate,
  number: number,
  record: EntityRecord | undefined,
): boolean {
  const refuse = (field: string, rule: Flaw['rule'], message: string): true => {
    session.refuse(place, reported, [{ field, rule, message }]);
    if (!session.numbers.has(reported.id)) session.numbers.set(reported.id, 0);
    return true;
  };
  const { table } = session;
  const input = table.inputOf(number);
  if (number === 0 || input === run.position) {
    return refuse(
      'id',
      'DUPLICATE_ID',
      'This file has had an entity with this id, and an id names one entity: leave one of the two out, or give it another id.',
    );
  }
  if (input !== undefined || (record !== undefined && record.source !== run.statement.source)) {
    const owner = record?.source ?? table.ownerOf(number);
    const message =
      `This id belongs to the source ${quoteValue(session.sourceId(owner))}, which reported it first: relate to it, ` +
      'or give another id.';
    return refuse('id', 'ID_OWNED_ELSEWHERE', message);
  }
  if (record !== undefined && record.kind !== reported.kind) {
    const message = `This is known as ${record.kind}, and an entity does not change its kind: give another id.`;
    return refuse('kind', 'KIND_CHANGED', message);
  }
  return false;
}

function reconcile(
  session: ImportSession,
  run: SnapshotRun,
  reported: ReportedEntity,
  number: number,
  record: EntityRecord | undefined,
  earlier: EntityRecord | undefined,
): EntityWrite | null {
  const { outcome, write: plain } = reconcileEntity(reported, number, record, run.statement);
  const write = plain === null ? null : withCase(plain, earlier);
  run.count(outcome);
  if (write !== null) run.changes += 1;
  if (record !== undefined && isLiveStatus(record.kind, record.status)) run.liveBefore += 1;
  if (countsAsEnded(run, record, write, reported.ended)) run.liveEnded += 1;
  const state = write ?? (record as EntityRecord);
  note(session, number, state, record);
  notePerson(session, number, state, record);
  return write;
}

/** Keeps a live human with an address, who may be a second one with it. */
function notePerson(
  { people }: ImportSession,
  number: number,
  { kind, status, properties, source }: EntityWrite | EntityRecord,
  before: EntityRecord | undefined,
): void {
  const { email } = properties;
  if (kind !== 'Human' || typeof email !== 'string' || !isLiveStatus(kind, status)) return;
  const same =
    before !== undefined && isLiveStatus(before.kind, before.status) && before.properties.email === email;
  people.add(source, email, number, !same);
}

/** Keeps what relationships of this import are checked against. */
export function note(
  { table, emails, consents, rotations, lastThere, findings }: ImportSession,
  number: number,
  state: EntityWrite | EntityRecord,
  before: EntityRecord | undefined,
): void {
  findings?.entityMet(number, state);
  table.setKind(number, state.kind);
  table.setOwner(number, state.source);
  const forAll = isForAll(state);
  if (forAll) table.set(number, 'forAll', true);
  if (forAll && before !== undefined && !isForAll(before)) consents.widened(number);
  const rotation = state.kind === 'Secret' ? rotatedByCase(state) : null;
  if (rotation !== null) rotations.set(number, rotation);
  const { present, reportedAt } = state.claim;
  table.set(number, 'absent', !present);
  table.set(number, 'wasAbsent', before?.claim.present === false);
  if (!present) lastThere.set(number, reportedAt);
  const { email } = state.properties;
  if (state.kind !== 'Human' || typeof email !== 'string') return;
  emails.add(emailKey(email), number, present);
}

function isForAll({ properties }: Pick<EntityRecord, 'properties'>): boolean {
  return properties.consentType === 'ALL_PRINCIPALS' || properties.grantType === 'DOMAIN_WIDE';
}
