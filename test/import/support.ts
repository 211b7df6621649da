import { exportSnapshots } from '../../src/export/index.js';
import { type ImportOptions, type ImportResult, importSnapshots } from '../../src/import/index.js';
import { type Problem, TendrilError } from '../../src/model/errors.js';
import type { SnapshotEntity, SnapshotRelationship } from '../../src/model/snapshot.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';

/** The day tests import on; sources were read before. */
export const NOW = Date.parse('2026-06-01T12:00:00.000Z');

export const OPTIONS: ImportOptions = {
  actor: { subject: 'test', signedInBy: 'system', requestId: null },
  now: NOW,
};

/** A document as tests write it: what the type of a good one would not allow as well. */
export interface Draft {
  readonly source: Record<string, unknown>;
  readonly mode: string;
  readonly entities?: readonly unknown[];
  readonly relationships?: readonly unknown[];
  readonly couldNotRead?: readonly unknown[];
}

/** A document of a source, read on a day of May 2026. */
export function document(
  source: string,
  day: number,
  entities: readonly Partial<SnapshotEntity>[],
  relationships: readonly Partial<SnapshotRelationship>[] = [],
  mode = 'full',
): Draft {
  return { source: { id: source, syncedAt: dayOf(day) }, mode, entities, relationships };
}

export function dayOf(day: number): string {
  return `2026-05-${String(day).padStart(2, '0')}T00:00:00.000Z`;
}

export async function withStore<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openEmbedded({ path: ':memory:' });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Imports documents as one commit. */
export function importDocuments(
  store: Store,
  documents: readonly unknown[],
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  const inputs = documents.map((value, at) => ({ name: `file${at + 1}`, document: value }));
  return importSnapshots(store, inputs, { ...OPTIONS, ...options });
}

/** The same, from NDJSON text. */
export function importText(
  store: Store,
  texts: readonly (string | Uint8Array)[],
  options: Partial<ImportOptions> = {},
): Promise<ImportResult> {
  const inputs = texts.map((text, at) => ({ name: `file${at + 1}.ndjson`, open: () => chunksOf(text) }));
  return importSnapshots(store, inputs, { ...OPTIONS, ...options });
}

/** A text in pieces of 7 bytes, so that every line and many characters are cut. */
export async function* chunksOf(text: string | Uint8Array, size = 7): AsyncGenerator<Uint8Array> {
  const bytes = typeof text === 'string' ? Buffer.from(text) : text;
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

/** A document as NDJSON. */
export function ndjson({ source, mode, entities = [], relationships = [] }: Draft): string {
  const lines = [
    { source, mode },
    ...entities.map((entity) => ({ entity })),
    ...relationships.map((relationship) => ({ relationship })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}

/** What an import is refused for; fails where it is not refused. */
export async function problemsOf(importing: Promise<unknown>): Promise<readonly Problem[]> {
  const error = await importing.then(
    (result) => new Error(`not refused: ${JSON.stringify(result)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof TendrilError) || error.code !== 'SNAPSHOT_REFUSED') throw error;
  return error.details.problems as readonly Problem[];
}

/** The files of an export, by source. */
export async function exported(store: Store, at = Number.MAX_SAFE_INTEGER): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for await (const { source, lines } of exportSnapshots(store, at)) {
    files[source] = '';
    for await (const line of lines) files[source] += `${line}\n`;
  }
  return files;
}

/** The status of an entity as it stands, or undefined. */
export async function statusOf(store: Store, id: string): Promise<string | undefined> {
  return (await store.entities([id], Number.MAX_SAFE_INTEGER))[0]?.status;
}

/** The open relationships that begin at an entity, as `TYPE to`. */
export async function openFrom(store: Store, id: string): Promise<string[]> {
  const query = { id, direction: 'OUT', limit: 1000 } as const;
  const [page] = await store.relationshipsOf([query], Number.MAX_SAFE_INTEGER);
  return page?.relationships.map(({ type, toId }) => `${type} ${toId}`) ?? [];
}
