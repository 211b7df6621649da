import { MemoryIndex } from '../../src/graph/memory/memory-index.js';
import type { GraphRows } from '../../src/model/rows.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';

/** Lets work read a store, and closes it. */
export async function withStore<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openEmbedded({ path, readOnly: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Reads the whole state, as the index does, and keeps it. */
export async function readBatches(store: Store): Promise<GraphRows[]> {
  const { revision } = await store.head();
  const batches: GraphRows[] = [];
  for await (const batch of store.scan(0, revision)) batches.push(batch);
  return batches;
}

/** Loads the index as the service does at its start. */
export async function loadIndex(store: Store): Promise<MemoryIndex> {
  const { revision } = await store.head();
  return MemoryIndex.load(revision, store.scan(0, revision));
}

/** An index made of what was read before. */
export function indexOf(batches: readonly GraphRows[]): Promise<MemoryIndex> {
  async function* replay(): AsyncGenerator<GraphRows> {
    yield* batches;
  }
  return MemoryIndex.load(1, replay());
}
