import {
  fileInput,
  type ImportOptions,
  importSnapshots,
  removeSource,
  revertImport,
} from '../../src/import/index.js';
import type { Store } from '../../src/store/store.js';

/** Steps besides the import of a file: the last import is taken back, and the source `it` is removed. */
export const REVERT = 'REVERT';
export const REMOVE = 'REMOVE';

/** Does one step of a crash test; gives its revision. */
export async function doStep(store: Store, step: string, options: ImportOptions): Promise<number> {
  if (step !== REVERT && step !== REMOVE)
    return (await importSnapshots(store, [await fileInput(step)], options)).revision;
  const { actor, now, onProgress } = options;
  const about = async () => {
    onProgress?.({ read: 0, items: 0 });
    return [];
  };
  const taking = { actor, now, reason: 'a test', openCases: { about } };
  const { revision } = await store.head();
  const taken = step === REVERT ? revertImport(store, revision, taking) : removeSource(store, 'it', taking);
  return (await taken).revision;
}
