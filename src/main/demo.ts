import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ImportResult } from '../import/base/types.js';
import { importSnapshots } from '../import/index.js';
import { fileInput } from '../import/read/input.js';
import type { Clock } from '../model/clock.js';
import type { Store } from '../store/store.js';

/** The files of the demo company. The path is that from `build/src/main`. */
const FOLDER = fileURLToPath(new URL('../../../seed/demo/', import.meta.url));

/** Loads the demo company into an empty store. @returns null where the store is not empty */
export async function loadDemo(store: Store, clock: Clock): Promise<ImportResult | null> {
  const head = await store.head();
  if (head.revision > 0) return null;
  const files = (await readdir(FOLDER)).filter((name) => name.endsWith('.ndjson')).sort();
  const inputs = await Promise.all(files.map((name) => fileInput(join(FOLDER, name))));
  const actor = { subject: 'tendril', signedInBy: 'system', requestId: null };
  return importSnapshots(store, inputs, { actor, reason: 'demo company', now: () => clock.now() });
}
