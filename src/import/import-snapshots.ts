import type { AuditFact } from '../model/audit.js';
import { momentOf } from '../model/clock.js';
import { badInput, limitExceeded } from '../model/errors.js';
import { nothingFound } from '../model/findings.js';
import { OWN_SOURCE } from '../model/ids.js';
import { formatTime, type Millis } from '../model/time.js';
import type { Draft } from '../store/draft.js';
import type { Store } from '../store/store.js';
import { MAX_INPUTS } from './base/limits.js';
import { Problems } from './base/problems.js';
import type { Conclusion, Counts, ImportOptions, ImportResult } from './base/types.js';
import { type Header, readHeader } from './read/header.js';
import type { SnapshotInput } from './read/input.js';
import { openSnapshot } from './read/open.js';
import type { SnapshotReader } from './read/reader.js';
import { beginRun, type SnapshotRun, sameSource, sourceAfter } from './reconcile/run.js';
import { FindingsCollector } from './session/findings-collector.js';
import { ImportSession, ProgressReporter } from './session/session.js';
import { importEntities } from './steps/entities.js';
import { hasProvisioned } from './steps/provisioned.js';
import { importRelationships } from './steps/relationships.js';
import { refuseSameAddress } from './steps/same-address.js';
import { sweepEntities, sweepRelationships } from './steps/sweep.js';
import { findUnread } from './steps/unread.js';

/** A snapshot whose header is in order. */
interface Opened {
  readonly reader: SnapshotReader;
  readonly header: Header;
}

/**
 * Imports snapshots as one commit; they may refer to each other. If there is a problem with one of them, nothing is
 * written (semantics, section 7). Importing the same snapshots again changes nothing: no revision, no event.
 *
 * @throws SNAPSHOT_REFUSED with every problem (the first 100 and the count); CONFLICT as `Store.write` does;
 *   LIMIT_EXCEEDED for more inputs or skipped items than there may be; the signal's reason when it aborts.
 */
export async function importSnapshots(
  store: Store,
  inputs: readonly SnapshotInput[],
  options: ImportOptions,
): Promise<ImportResult> {
  if (inputs.length === 0) throw badInput('There is no snapshot to import; name at least one.');
  if (inputs.length > MAX_INPUTS) {
    throw limitExceeded(
      `One import takes ${MAX_INPUTS} files; import the rest after it.`,
      'inputs',
      MAX_INPUTS,
    );
  }
  options.signal?.throwIfAborted();
  const problems = new Problems();
  const opened = await openAll(inputs, momentOf(options.now), problems);
  const { expectedRevision, now } = options;
  options.onTurn?.('asked');
  const draft = await store.write({ now, ...(expectedRevision === undefined ? {} : { expectedRevision }) });
  let result: ImportResult;
  try {
    options.onTurn?.('given');
    const session = new ImportSession(
      store,
      draft,
      problems,
      options,
      new ProgressReporter(options, sizeOf(inputs)),
    );
    const { postCaseMonitor } = options;
    if (postCaseMonitor !== undefined && !session.fresh && (await postCaseMonitor.watches()))
      session.findings = new FindingsCollector(postCaseMonitor, store, draft);
    const sources = session.fresh ? [] : await store.sources(draft.base.revision);
    session.known = new Map(sources.map(({ number, id }) => [number, id]));
    const runs = await beginAll(session, opened);
    for (const run of runs) await importEntities(session, run);
    for (const run of runs) await findUnread(session, run);
    for (const run of runs) await sweepEntities(session, run);
    if (!problems.any) await refuseSameAddress(session);
    for (const run of runs) {
      await importRelationships(session, run);
      await sweepRelationships(session, run);
    }
    session.scanner.flush();
    for (const run of runs) refuseEmptySource(session, run);
    if (!problems.any) await session.consents.verify(session);
    if (!problems.any) await session.cycles.verify(session);
    problems.refuseIfAny();
    result = await commit(session, runs);
  } finally {
    // After a commit, aborting does nothing.
    await draft.abort();
  }
  if (result.revision > draft.base.revision) await options.postCaseMonitor?.committed?.();
  return result;
}

async function openAll(inputs: readonly SnapshotInput[], now: Millis, problems: Problems): Promise<Opened[]> {
  const opened: Opened[] = [];
  const positions = new Map<string, number>();
  for (const [position, input] of inputs.entries()) {
    const reader = await openSnapshot(input, position, inputs.length > 1, problems);
    const header = reader === null ? null : readHeader(reader.header, now, problems);
    if (reader === null || header === null) continue;
    if (positions.has(header.id)) {
      const message = 'Another file of this import is of the same source: import them one after the other.';
      problems.add(reader.header.place, { field: 'source.id', rule: 'DUPLICATE_SOURCE', message });
      continue;
    }
    positions.set(header.id, position);
    opened.push({ reader, header });
  }
  return opened;
}

async function beginAll(session: ImportSession, opened: readonly Opened[]): Promise<SnapshotRun[]> {
  const runs: SnapshotRun[] = [];
  for (const { reader, header } of opened) {
    if (header.id === OWN_SOURCE && (await hasProvisioned(session))) {
      const message =
        `The source ${OWN_SOURCE} is what cases have provisioned, and this store has some: give the source ` +
        'another id, or import into an empty store.';
      session.problems.add(reader.header.place, { field: 'source.id', rule: 'BAD_ID', message });
      continue;
    }
    const run = await beginRun(session.draft, reader.header.place.input, reader, header);
    session.runs.push(run);
    runs.push(run);
  }
  return runs;
}

/** Refuses a new source that reports nothing: that is a mistake. */
function refuseEmptySource({ problems }: ImportSession, run: SnapshotRun): void {
  if (run.items > 0 || run.before !== undefined || problems.any) return;
  const message =
    'This is an empty source: it reports no entity and no relationship. Check that the system could be read, and export it again.';
  problems.add(run.reader.header.place, { field: 'entities', rule: 'EMPTY_SOURCE', message });
}

async function commit(session: ImportSession, runs: readonly SnapshotRun[]): Promise<ImportResult> {
  const { draft, options, skipped } = session;
  const facts: AuditFact[] = [];
  for (const run of runs) {
    if (await finishSource(draft, run)) facts.push(factOf(run, options));
  }
  const total = { created: 0, updated: 0, ended: 0, unchanged: 0 };
  for (const { counts } of runs) {
    for (const outcome of Object.keys(total) as (keyof Counts)[]) total[outcome] += counts[outcome];
  }
  const result = { ...total, skipped, overtaken: runs.filter(isOvertaken).map(({ header }) => header.id) };
  if (facts.length === 0) return { revision: draft.base.revision, ...result };
  const concluded = await conclude(session);
  await draft.putDocuments(concluded.documents);
  const head = await draft.commit([...facts, ...concluded.facts]);
  return { revision: head.revision, ...result };
}

const isOvertaken = ({ header, before }: SnapshotRun): boolean =>
  before !== undefined && before.syncedAt > header.syncedAt;

/** What to record about entities and relationships that cases had ended and the import shows otherwise. */
async function conclude({ findings: collector, options, draft }: ImportSession): Promise<Conclusion> {
  const nothing = { facts: [], documents: [] };
  if (collector === null || options.postCaseMonitor === undefined) return nothing;
  const findings = await collector.findings();
  return nothingFound(findings) ? nothing : options.postCaseMonitor.conclude(findings, draft, options.actor);
}

/** Writes the record of the source. @returns whether it, or anything that the source reports, has changed */
async function finishSource(draft: Draft, run: SnapshotRun): Promise<boolean> {
  const after = sourceAfter(run.header, run.before, run.found);
  if (run.before !== undefined && sameSource(after, run.before)) return run.changes > 0;
  await draft.putSource(after);
  return true;
}

function factOf(
  { header, counts, skipped }: SnapshotRun,
  { actor, reason, force }: ImportOptions,
): AuditFact {
  const after = {
    source: header.id,
    mode: header.full ? 'full' : 'delta',
    syncedAt: formatTime(header.syncedAt),
    forced: force === true,
    ...counts,
    skipped,
  };
  return {
    type: 'SNAPSHOT_IMPORTED',
    actor,
    reason: reason ?? null,
    case: null,
    entity: null,
    before: null,
    after,
  };
}

function sizeOf(inputs: readonly SnapshotInput[]): number | undefined {
  let total = 0;
  for (const input of inputs) {
    if (!('size' in input) || input.size === undefined) return undefined;
    total += input.size;
  }
  return total;
}
