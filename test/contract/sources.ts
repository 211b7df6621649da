import { describe, expect, test } from '@jest/globals';
import { commit, DAY, type Open, on, sourceOf, T0 } from './fixtures.js';

const UNREAD = [{ kinds: ['Job'], account: null, because: 'no permission' }];

/** Sources by revision. */
export function sources(open: Open): void {
  describe('sources', () => {
    test(
      'are numbered from 1, listed in order of id, and come back as they were given',
      on(open, async ({ store }) => {
        const full = sourceOf({
          id: 'b',
          vendor: 'github',
          name: 'GitHub',
          actuation: 'SIMULATED',
          reports: ['Account', 'USES'],
          couldNotRead: [
            { kinds: ['Token'], account: null, because: 'the list was refused (403)' },
            { kinds: ['CAN_ACCESS', 'Grant'], account: 'github:acme/user/ada', because: '“half” a page' },
          ],
          syncedAt: T0,
          fullSyncedAt: T0 - DAY,
        });
        await commit(store, async (draft) => {
          expect(await draft.source('b')).toBeUndefined();
          expect(await draft.putSource(full)).toBe(1);
          expect(await draft.putSource(sourceOf({ id: 'a' }))).toBe(2);
          expect(await draft.putSource(full)).toBe(1);
          expect(await draft.source('b')).toEqual({ ...full, number: 1 });
        });
        expect(await store.sources(1)).toEqual([
          { ...sourceOf({ id: 'a' }), number: 2 },
          { ...full, number: 1 },
        ]);
      }),
    );

    test(
      'stand at an old revision as they stood',
      on(open, async ({ store }) => {
        await commit(store, (draft) => draft.putSource(sourceOf({ id: 'a' })));
        await commit(store, (draft) =>
          draft.putSource(sourceOf({ id: 'a', syncedAt: T0 + DAY, couldNotRead: UNREAD })),
        );
        expect((await store.sources(1))[0]?.syncedAt).toBe(T0);
        expect((await store.sources(2))[0]?.syncedAt).toBe(T0 + DAY);
        expect((await store.sources(1))[0]?.couldNotRead).toEqual([]);
        expect((await store.sources(2))[0]?.couldNotRead).toEqual(UNREAD);
      }),
    );
  });
}
