import { describe, expect, test } from '@jest/globals';
import type { Draft } from '../../src/store/draft.js';
import { commit, type Open, on, putNew, T0 } from './fixtures.js';
import { refused } from './refused.js';

/** One writer at a time, over all handles. */
export function writers(open: Open): void {
  describe('writers', () => {
    test.each(['the same handle', 'another handle'])(
      'a second draft on %s waits for the first, and begins at its commit',
      async (where) => {
        await on(open, async ({ store, openSecond }) => {
          const other = where === 'the same handle' ? store : await openSecond();
          const first = await store.write({ now: T0 });
          let second: Draft | undefined;
          const waiting = other.write({ now: T0 }).then((draft) => {
            second = draft;
          });
          await putNew(first, ['a']);
          await new Promise((resolve) => setTimeout(resolve, 80));
          expect(second).toBeUndefined();
          await first.commit([]);
          await waiting;
          expect(second?.base.revision).toBe(1);
          expect(await second?.numbersOf(['a'])).toEqual([1]);
          await second?.abort();
        })();
      },
    );

    test.each(['the same handle', 'another handle'])(
      'a second draft on %s that has waited long enough is refused; the first goes on',
      async (where) => {
        await on(open, async ({ store, openSecond }) => {
          const other = where === 'the same handle' ? store : await openSecond();
          const first = await store.write({ now: T0 });
          await refused('CONFLICT', other.write({ now: T0, waitMillis: 0 }));
          await refused('CONFLICT', other.write({ now: T0, waitMillis: 60 }));
          await putNew(first, ['a']);
          expect((await first.commit([])).revision).toBe(1);
          const next = await other.write({ now: T0 });
          await next.abort();
        })();
      },
    );

    test(
      'many at once, over two handles, each get their own revision',
      on(open, async ({ store, openSecond }) => {
        const handles = [store, await openSecond()];
        const heads = await Promise.all(
          Array.from({ length: 12 }, (_, at) =>
            commit(handles[at % 2]!, (draft) => putNew(draft, [`e${at}`])).then(({ revision }) => revision),
          ),
        );
        expect([...heads].sort((a, b) => a - b)).toEqual(Array.from({ length: 12 }, (_, at) => at + 1));
      }),
    );

    test(
      'a draft on another head than expected is refused, and the next writer need not wait',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, ['a']));
        await refused('CONFLICT', store.write({ now: T0, expectedRevision: 0 }));
        await refused('CONFLICT', store.write({ now: T0, expectedRevision: 2 }));
        const draft = await store.write({ now: T0, expectedRevision: 1 });
        await draft.abort();
      }),
    );
  });
}
