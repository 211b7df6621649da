import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { commit, linkOf, putNew, T0 } from '../../contract/fixtures.js';
import { inFolder } from './scratch.js';

describe('while a large draft is written', () => {
  test(
    'reads of the same process go on',
    inFolder(async (folder) => {
      const store = await openEmbedded({ path: join(folder, 'graph.db') });
      await commit(store, (draft) => putNew(draft, ['a', 'b']));
      const draft = await store.write({ now: T0 });
      let done = false;
      const writes = Array.from({ length: 60_000 }, (_, at) => linkOf('OWNS', 1 + (at % 300), 1 + at));
      const writing = draft.putRelationships(writes).then(() => {
        done = true;
      });
      let reads = 0;
      while (!done) {
        expect((await store.entities(['a'], 9))[0]?.name).toBe('a');
        reads += 1;
        await new Promise((resolve) => setImmediate(resolve));
      }
      await writing;
      // The work takes far longer than the slice after which a draft gives way.
      expect(reads).toBeGreaterThan(5);
      await draft.abort();
      await store.close();
    }),
  );
});
