import { expect, test } from '@jest/globals';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { commit, EVERYTHING, linkOf, putNew } from '../../contract/fixtures.js';

/** How often the event loop runs other work during some work. */
async function turnsDuring(work: () => Promise<unknown>): Promise<number> {
  let [turns, done] = [0, false];
  const turn = () => {
    turns += 1;
    if (!done) setImmediate(turn);
  };
  setImmediate(turn);
  await work();
  done = true;
  return turns;
}

test('long lists, and entities with many relationships, give way; the next page comes at once', async () => {
  const store = await openEmbedded({ path: ':memory:' });
  try {
    const ids = Array.from({ length: 30_000 }, (_, at) => `e${(at * 7919) % 30_000}`);
    await commit(store, async (draft) => {
      const [hub = 0, ...others] = await putNew(draft, ids);
      await draft.putRelationships(others.map((other) => linkOf('OWNS', hub, other)));
    });
    const byName = { ...EVERYTHING, order: { field: 'NAME', direction: 'ASC' }, limit: 1 } as const;
    const works = [
      () => store.list({ ...byName, limit: 1 }, 1),
      () => store.relationshipsOf([{ id: 'e0', direction: 'OUT', limit: 1 }], 1),
    ];
    for (const work of works) {
      expect(await turnsDuring(work)).toBeGreaterThan(2);
      expect(await turnsDuring(work)).toBeLessThanOrEqual(2);
    }
  } finally {
    await store.close();
  }
});
