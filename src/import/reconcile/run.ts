import {
  type CouldNotRead,
  inOneForm,
  isAboutTheSame,
  sameCouldNotRead,
} from '../../model/could-not-read.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Draft } from '../../store/draft.js';
import type { Outcome } from '../base/types.js';
import type { Header } from '../read/header.js';
import type { SnapshotReader } from '../read/reader.js';
import type { SnapshotStatement } from './entity.js';

/** One snapshot while it is being imported. */
export class SnapshotRun {
  readonly counts: Record<Outcome, number> = { created: 0, updated: 0, ended: 0, unchanged: 0 };
  /** How many rows were written that differ from those before. */
  changes = 0;
  skipped = 0;
  items = 0;
  /** How many entities of the source were live before; how many of them are missing now, or are reported as ended. */
  liveBefore = 0;
  liveMissing = 0;
  liveEnded = 0;
  /** What the snapshot could not read; known once its entities have been read. */
  unread: { has(kind: string, ...entities: readonly number[]): boolean } = { has: () => false };
  /** The kinds and types in the file. */
  readonly found = new Set<string>();

  constructor(
    readonly position: number,
    readonly reader: SnapshotReader,
    readonly header: Header,
    /** The source as it was; undefined where it is new. */
    readonly before: SourceRecord | undefined,
    readonly statement: SnapshotStatement,
  ) {}

  count(outcome: Outcome, by = 1): void {
    this.counts[outcome] += by;
  }
}

/** Begins the import of a snapshot; a new source gets its number. */
export async function beginRun(
  draft: Draft,
  position: number,
  reader: SnapshotReader,
  header: Header,
): Promise<SnapshotRun> {
  const before = await draft.source(header.id);
  const fullBefore = before?.fullSyncedAt ?? null;
  const { syncedAt, full } = header;
  const source = before?.number ?? (await draft.putSource(sourceAfter(header, undefined, [])));
  const newestFull = full && (fullBefore === null || fullBefore <= syncedAt);
  const said = before?.couldNotRead ?? [];
  const unreadBefore = new Set(said.flatMap(({ kinds, account }) => (account === null ? kinds : [])));
  const statement = { source, syncedAt, newestFull, fullBefore, unreadBefore };
  return new SnapshotRun(position, reader, header, before, statement);
}

/** The record of the source after the import. @param found the kinds and types in the file */
export function sourceAfter(
  header: Header,
  before: SourceRecord | undefined,
  found: Iterable<string>,
): Omit<SourceRecord, 'number'> {
  const { id, syncedAt, full } = header;
  const fullBefore = before?.fullSyncedAt ?? null;
  const newest = before === undefined || before.syncedAt <= syncedAt;
  const newer = (said: string | null, known: string | null | undefined) =>
    newest ? (said ?? known ?? null) : (known ?? said);
  const actuation = newest || before.actuation === MANUAL ? header.actuation : null;
  return {
    id,
    vendor: newer(header.vendor, before?.vendor),
    name: newer(header.name, before?.name),
    actuation: actuation ?? before?.actuation ?? MANUAL,
    reports: reportsAfter(header, before, found),
    couldNotRead: couldNotReadAfter(header, before),
    syncedAt: Math.max(syncedAt, before?.syncedAt ?? syncedAt),
    fullSyncedAt: full ? Math.max(syncedAt, fullBefore ?? syncedAt) : fullBefore,
  };
}

/** How actions take effect where the source does not say (api, section 2). */
const MANUAL = 'MANUAL';

/**
 * The kinds and types that a source looks for: those of its last full snapshot and those that deltas add. They are in
 * alphabetical order, so that the order of imports does not matter.
 */
function reportsAfter(
  { full, syncedAt, reports }: Header,
  before: SourceRecord | undefined,
  found: Iterable<string>,
): readonly string[] {
  const said = [...new Set(reports ?? found)].sort();
  if (before === undefined) return said;
  const lastFull = before.fullSyncedAt;
  if (lastFull !== null && syncedAt < lastFull) return before.reports;
  if (full && syncedAt >= before.syncedAt) return said;
  return [...new Set([...before.reports, ...said])].sort();
}

/**
 * What a source could not read: what its last full snapshot says, and what deltas add. A delta cannot take anything back,
 * because only a full reading looks at everything; of the same kinds and account it gives the reason anew.
 */
function couldNotReadAfter(
  { full, syncedAt, couldNotRead }: Header,
  before: SourceRecord | undefined,
): readonly CouldNotRead[] {
  const said = couldNotRead ?? [];
  if (before === undefined) return said;
  const lastFull = before.fullSyncedAt;
  if (lastFull !== null && syncedAt < lastFull) return before.couldNotRead;
  if (full && syncedAt >= before.syncedAt) return said;
  const [earlier, later] =
    syncedAt >= before.syncedAt ? [before.couldNotRead, said] : [said, before.couldNotRead];
  const kept = earlier.filter((one) => !later.some((other) => isAboutTheSame(one, other)));
  return inOneForm([...kept, ...later]);
}

/** Whether two records of a source have the same content. */
export function sameSource(a: Omit<SourceRecord, 'number'>, b: Omit<SourceRecord, 'number'>): boolean {
  return (
    a.vendor === b.vendor &&
    a.name === b.name &&
    a.actuation === b.actuation &&
    a.syncedAt === b.syncedAt &&
    a.fullSyncedAt === b.fullSyncedAt &&
    a.reports.join() === b.reports.join() &&
    sameCouldNotRead(a.couldNotRead, b.couldNotRead)
  );
}
