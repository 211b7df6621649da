import { join } from 'node:path';
import { DEFAULT_SYNCED_AT } from '../../src/generate/company.js';
import { sizeFor } from '../../src/generate/size.js';
import { writeCompany } from '../../src/generate/write.js';
import { importSnapshots } from '../../src/import/import-snapshots.js';
import { fileInput } from '../../src/import/read/input.js';
import { parseTime } from '../../src/model/time.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';
import { collectGarbage } from './memory.js';
import { type Spent, spentOn } from './timing.js';

/** Everything is asked about this moment, so that a run on another day asks the same. */
export const NOW_TEXT = DEFAULT_SYNCED_AT;
export const NOW = parseTime(NOW_TEXT) as number;

const SEED = 1;
const ACTOR = { subject: 'bench', signedInBy: 'system', requestId: null };

/** A generated company, imported into a store. */
export interface ImportedCompany {
  /** About how many relationships it has. */
  readonly size: number;
  readonly humans: number;
  /** The file of the store. */
  readonly path: string;
  /** The files it was imported from. */
  readonly snapshots: readonly string[];
  /** What the import took. */
  readonly imported: Spent;
}

const WARMING_HUMANS = 20;

/** Imports a few people, untimed: a process compiles its schemas and rules once, before its first import. */
export async function warmUp(folder: string): Promise<void> {
  await importHumans(WARMING_HUMANS, folder);
}

/** Writes a company's snapshots below `folder` and imports them, in one commit, into a store there. */
export async function importCompany(size: number, folder: string): Promise<ImportedCompany> {
  const humans = sizeFor(size);
  return { size, humans, ...(await importHumans(humans, folder)) };
}

/** A company in a store, and what its import took. */
type Imported = Pick<ImportedCompany, 'path' | 'snapshots' | 'imported'>;

export async function importHumans(humans: number, folder: string): Promise<Imported> {
  const written = await writeCompany({ humans, seed: SEED }, join(folder, 'snapshots'));
  const snapshots = written.map((source) => source.path);
  const path = join(folder, 'graph.db');
  const store = await openEmbedded({ path });
  try {
    return { path, snapshots, imported: await importInto(store, snapshots) };
  } finally {
    await store.close();
  }
}

/** Imports files into an empty store, in one commit, and says what that took. */
export async function importInto(store: Store, snapshots: readonly string[]): Promise<Spent> {
  const inputs = await Promise.all(snapshots.map((path) => fileInput(path)));
  collectGarbage();
  return spentOn(() => importSnapshots(store, inputs, { actor: ACTOR, now: NOW }));
}
