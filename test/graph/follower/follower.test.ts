import { describe, expect, test } from '@jest/globals';
import { Follower, MAX_LAG } from '../../../src/graph/follower/follower.js';
import type { HeadMove } from '../../../src/graph/follower/head-move-publisher.js';
import { openMemoryProvider } from '../../../src/graph/memory/memory-provider.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import type { Store } from '../../../src/store/store.js';
import { commit, putNew, T0 } from '../../contract/fixtures.js';

const clock = { now: () => T0 };

/** A follower of a store, and what it logged. */
async function following(
  work: (follower: Follower, store: Store, logged: string[]) => Promise<void>,
  around: (store: Store) => Store = (store) => store,
): Promise<void> {
  const store = await openEmbedded({ path: ':memory:' });
  const logged: string[] = [];
  const note = (_fields: object, message: string) => void logged.push(message);
  const followed = around(store);
  const follower = new Follower(followed, openMemoryProvider(followed), clock, { warn: note, info: note });
  follower.start();
  try {
    await follower.check();
    await work(follower, store, logged);
  } finally {
    await follower.stop();
    await store.close();
  }
}

const next = async (moves: AsyncIterator<HeadMove>) => (await moves.next()).value as HeadMove | undefined;

describe('a follower', () => {
  test('tells that the head moved, once questions are answered with it', () =>
    following(async (follower, store) => {
      const moves = follower.headMoves();
      await commit(store, (draft) => putNew(draft, ['a']));
      expect(await next(moves)).toEqual({ since: 0, revision: 1 });
      expect(follower.status).toMatchObject({ storeUp: true, storeRevision: 1, indexRevision: 1 });
      await commit(store, (draft) => putNew(draft, ['b']));
      expect(await next(moves)).toEqual({ since: 1, revision: 2 });
    }));

  test('makes one move of those that a reader has not taken, and leaves none out', () =>
    following(async (follower, store) => {
      const [slow, quick] = [follower.headMoves(), follower.headMoves()];
      for (const id of ['a', 'b', 'c']) {
        await commit(store, (draft) => putNew(draft, [id]));
        await next(quick);
      }
      expect(await next(slow)).toEqual({ since: 0, revision: 3 });
    }));

  test('ends the waiting of readers that leave, and of all when it stops', () =>
    following(async (follower) => {
      const [leaving, staying] = [follower.headMoves(), follower.headMoves()];
      const left = leaving.next();
      await leaving.return?.();
      expect(await left).toEqual({ done: true, value: undefined });
      const waiting = staying.next();
      await follower.stop();
      expect(await waiting).toEqual({ done: true, value: undefined });
      expect((await follower.headMoves().next()).done).toBe(true);
    }));

  test('reports that the store is down, once in the log, and goes on when it is up again', async () => {
    let down = false;
    const around = (store: Store): Store =>
      Object.create(store, {
        head: { value: () => (down ? Promise.reject(new Error('down')) : store.head()) },
      }) as Store;
    await following(async (follower, store, logged) => {
      const moves = follower.headMoves();
      down = true;
      expect(await follower.check()).toMatchObject({ storeUp: false, because: expect.any(String) });
      await follower.check();
      await commit(store, (draft) => putNew(draft, ['a']));
      down = false;
      expect(await next(moves)).toEqual({ since: 0, revision: 1 });
      expect(await follower.check()).toMatchObject({ storeUp: true, because: null });
      expect(logged).toEqual([
        'the store cannot be read; reading is tried again until it succeeds',
        'the store can be read again',
      ]);
    }, around);
  });

  test('says that a store is not there which has not answered for a while, before it is told so', async () => {
    let now = 0;
    const loaded = { current: async () => ({ revision: 7 }) as never };
    const store = { head: async () => ({ revision: 7, at: T0 }) };
    const follower = new Follower(store, loaded, clock, { warn() {}, info() {} }, () => now);
    await follower.check();
    let answer = () => {};
    store.head = () =>
      new Promise((resolve) => {
        answer = () => resolve({ revision: 7, at: T0 });
      });
    const looking = follower.check();
    expect(follower.status).toMatchObject({ storeUp: true, because: null });
    now = 3000;
    expect(follower.status).toMatchObject({ storeUp: false, because: 'The store does not answer.' });
    answer();
    await looking;
    expect(follower.status).toMatchObject({ storeUp: true, because: null });
    await follower.stop();
  });

  test('is not ready before it has read the graph, nor when it stays behind', async () => {
    let now = 0;
    const graphs = { current: () => new Promise<never>(() => {}) };
    const log = { warn() {}, info() {} };
    const store = { head: async () => ({ revision: 7, at: T0 }) };
    const follower = new Follower(store, graphs, clock, log, () => now);
    expect(follower.status.because).toBe('The graph is not read yet.');
    const loaded = { current: async () => ({ revision: 7 }) as never };
    const stuck = new Follower(store, loaded, clock, log, () => now);
    expect((await stuck.check()).because).toBe(null);
    store.head = async () => ({ revision: 9, at: T0 });
    loaded.current = () => new Promise<never>(() => {});
    now = (MAX_LAG + 1) * 1000;
    expect(await stuck.check()).toEqual({
      storeUp: true,
      storeRevision: 9,
      indexRevision: 7,
      lagSeconds: MAX_LAG + 1,
      because: expect.stringContaining('is 2 revisions behind the store'),
    });
    await Promise.all([follower.stop(), stuck.stop()]);
  });
});
