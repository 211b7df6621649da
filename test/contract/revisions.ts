import { describe, expect, test } from '@jest/globals';
import { commit, DAY, entityOf, factOf, type Open, on, putNew, T0 } from './fixtures.js';

/** Revisions, their times, and what an old one answers. */
export function revisions(open: Open): void {
  describe('revisions', () => {
    test(
      'an empty store is revision 0 at time 0 and knows nothing',
      on(open, async ({ store }) => {
        expect(await store.head()).toEqual({ revision: 0, at: 0 });
        expect(await store.revisionAt(T0)).toEqual({ revision: 0, at: 0 });
        expect(await store.entities(['a'], 0)).toEqual([undefined]);
        expect(await store.sources(0)).toEqual([]);
        expect(await store.journal.auditEvents({ limit: 10 })).toEqual([]);
      }),
    );

    test(
      'commits are numbered 1, 2, 3, and aborted ones take no number',
      on(open, async ({ store }) => {
        expect(await commit(store, (draft) => putNew(draft, ['a']), { now: T0 })).toEqual({
          revision: 1,
          at: T0,
        });
        const aborted = await store.write({ now: T0 });
        expect(aborted.revision).toBe(2);
        await putNew(aborted, ['b']);
        await aborted.abort();
        const second = await commit(store, (draft) => putNew(draft, ['c']), { now: T0 + DAY });
        expect(second).toEqual({ revision: 2, at: T0 + DAY });
        expect(await store.head()).toEqual(second);
      }),
    );

    test(
      'a draft names its base and the revision it will be',
      on(open, async ({ store }) => {
        const base = await commit(store, (draft) => putNew(draft, ['a']));
        const draft = await store.write({ now: T0 });
        expect(draft.base).toEqual(base);
        expect(draft.revision).toBe(base.revision + 1);
        await draft.abort();
      }),
    );

    test(
      'a commit with nothing in it makes no revision and gives the base',
      on(open, async ({ store }) => {
        const base = await commit(store, (draft) => putNew(draft, ['a']));
        expect(await commit(store, async () => {}, { now: T0 + DAY })).toEqual(base);
        expect(await commit(store, (draft) => draft.assignNumbers(['unused']), { now: T0 + DAY })).toEqual(
          base,
        );
        expect(await store.head()).toEqual(base);
        const [number] = await (async () => {
          const draft = await store.write({ now: T0 });
          try {
            return await draft.assignNumbers(['next']);
          } finally {
            await draft.abort();
          }
        })();
        expect(number).toBe(2);
      }),
    );

    test(
      'a commit of facts alone is a revision',
      on(open, async ({ store }) => {
        expect((await commit(store, async () => {}, { facts: [factOf('SIGNED')] })).revision).toBe(1);
      }),
    );

    test(
      'a commit is never earlier than the one before, also where the clock goes back',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, ['a']), { now: T0 + DAY });
        const late = await commit(store, (draft) => putNew(draft, ['b']), { now: T0 });
        expect(late).toEqual({ revision: 2, at: T0 + DAY });
      }),
    );

    test(
      'a commit is of the moment it is made, so that every question about an earlier one keeps its answer',
      on(open, async ({ store, openSecond }) => {
        const second = await openSecond();
        let now = T0;
        await commit(store, (draft) => putNew(draft, ['a']), { now });
        const waiting = await store.write({ now: T0 });
        const asked: number[] = [];
        const answers: number[] = [];
        const ask = async () => {
          now += DAY;
          asked.push(now);
          answers.push((await second.revisionAt(now)).revision);
        };
        const opening = second.write({ now: () => now });
        await ask();
        await waiting.abort();
        const slow = await opening;
        try {
          await ask();
          await putNew(slow, ['b', 'c']);
          await ask();
          now += DAY;
          expect(await slow.commit([])).toEqual({ revision: 2, at: now });
        } finally {
          await slow.abort();
        }
        expect(answers).toEqual([1, 1, 1]);
        for (const moment of asked) expect((await store.revisionAt(moment)).revision).toBe(1);
        expect((await store.revisionAt(now)).revision).toBe(2);
      }),
    );

    test(
      'a moment names the last revision recorded at or before it',
      on(open, async ({ store }) => {
        for (const day of [1, 2, 2, 4]) {
          await commit(store, (draft) => putNew(draft, [`d${day}`]), { now: T0 + day * DAY });
        }
        const at = async (day: number) => (await store.revisionAt(T0 + day * DAY)).revision;
        expect([await at(0), await at(1), await at(1.5), await at(2), await at(3), await at(9)]).toEqual([
          0, 1, 1, 3, 3, 4,
        ]);
      }),
    );

    test(
      'an old revision answers what it answered, and one after the head sees the head',
      on(open, async ({ store }) => {
        const name = async (at: number) => (await store.entities(['a'], at))[0]?.name;
        await commit(store, (draft) => putNew(draft, ['a'], { name: 'one' }));
        await commit(store, (draft) => putNew(draft, ['a'], { name: 'two' }));
        await commit(store, (draft) => putNew(draft, ['b']));
        expect([await name(0), await name(1), await name(2), await name(3), await name(99)]).toEqual([
          undefined,
          'one',
          'two',
          'two',
          'two',
        ]);
      }),
    );

    test(
      'opening again finds everything',
      on(open, async ({ store, reopen }) => {
        await commit(store, (draft) => putNew(draft, ['a', 'b']), { facts: [factOf('X')] });
        const before = await store.entities(['a', 'b'], 1);
        const again = await reopen();
        expect(await again.head()).toEqual({ revision: 1, at: T0 });
        expect(await again.entities(['a', 'b'], 1)).toEqual(before);
        expect(await again.journal.auditEvents({ limit: 10 })).toHaveLength(1);
        const draft = await again.write({ now: T0 });
        expect(await draft.numbersOf(['b', 'a'])).toEqual([2, 1]);
        await draft.abort();
      }),
    );

    test(
      'two handles on one place see what the other commits',
      on(open, async ({ store, openSecond }) => {
        const second = await openSecond();
        await commit(store, (draft) => putNew(draft, ['a']));
        expect((await second.head()).revision).toBe(1);
        expect((await second.entities(['a'], 1))[0]?.id).toBe('a');
        await commit(second, (draft) =>
          draft.putEntities([entityOf({ number: 1, id: 'a', name: 'theirs' })]),
        );
        expect((await store.head()).revision).toBe(2);
        expect((await store.entities(['a'], 2))[0]?.name).toBe('theirs');
      }),
    );
  });
}
