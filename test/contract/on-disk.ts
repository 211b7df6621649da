import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';
import type { Opened } from './fixtures.js';

/**
 * An empty embedded store in a folder of its own.
 *
 * @param around wraps each of its handles
 */
export async function openOnDisk(around: (store: Store) => Store = (store) => store): Promise<Opened> {
  const folder = await mkdtemp(join(tmpdir(), 'tendril-contract-'));
  const path = join(folder, 'graph.db');
  const handles: Store[] = [];
  const openOne = async () => {
    const store = around(await openEmbedded({ path }));
    handles.push(store);
    return store;
  };
  const store = await openOne();
  return {
    store,
    async reopen() {
      await store.close();
      return openOne();
    },
    openSecond: openOne,
    async dispose() {
      for (const handle of handles) await handle.close();
      await rm(folder, { recursive: true });
    },
  };
}
