import { describe, expect, test } from '@jest/globals';
import type { EntityWrite } from '../../src/store/draft.js';
import { collect, commit, DAY, entityOf, type Open, on, putNew, sourceOf, T0 } from './fixtures.js';

/** An entity with everything that one can have. */
function tokenOf(number: number): EntityWrite {
  return entityOf({
    number,
    id: 'tök/😀/1',
    kind: 'Token',
    name: 'a "name" with \\ and \n in it',
    status: 'REVOKED',
    externalId: 'x-1',
    createdAt: T0 - DAY,
    lastUsedAt: T0 + 1,
    firstSeenAt: T0 - 2 * DAY,
    properties: {
      tokenType: 'API_KEY',
      family: 'f',
      scopes: ['a', 'b'],
      expiresAt: T0 + DAY,
      selfContained: false,
    },
    attributes: { nested: { deep: [1, 2.5, null, 'nul \u0000 in JSON is kept'] } },
    claim: { present: true, status: 'ACTIVE', reportedAt: T0 },
    overlay: { status: 'REVOKED', at: T0 + 5, case: 'tendril/case/1' },
  });
}

/** Reads of entities by id, number, email and source. */
export function entities(open: Open): void {
  describe('entities', () => {
    test(
      'come back as they were written',
      on(open, async ({ store }) => {
        const written = tokenOf(1);
        await commit(store, async (draft) => {
          await draft.putSource(sourceOf({ id: 'hr' }));
          await draft.assignNumbers([written.id]);
          await draft.putEntities([written]);
        });
        const expected = { ...written, lastSeenAt: T0 };
        expect(await store.entities([written.id], 1)).toEqual([expected]);
        expect(await store.entitiesByNumber([1], 1)).toEqual([expected]);
      }),
    );

    test(
      'are given in the order asked, with nothing in the place of what is unknown',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, ['a', 'b']));
        const ids = ['b', 'zz', 'a', 'b', '', 'a\u0000', `${'x'.repeat(600)}`];
        expect((await store.entities(ids, 1)).map((entity) => entity?.id)).toEqual([
          'b',
          undefined,
          'a',
          'b',
          undefined,
          undefined,
          undefined,
        ]);
        expect((await store.entitiesByNumber([2, 0, 3, 1], 1)).map((entity) => entity?.id)).toEqual([
          'b',
          undefined,
          undefined,
          'a',
        ]);
        expect(await store.entities([], 1)).toEqual([]);
      }),
    );

    test(
      'numbers are dense, in the order given, and stay',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          expect(await putNew(draft, ['c', 'a', 'b'])).toEqual([1, 2, 3]);
          expect(await draft.numbersOf(['b', 'x', 'c', 'a\u0000'])).toEqual([3, 0, 1, 0]);
        });
        const aborted = await store.write({ now: T0 });
        expect(await aborted.assignNumbers(['x', 'a', 'x', 'y'])).toEqual([4, 2, 4, 5]);
        await aborted.abort();
        await commit(store, async (draft) => {
          expect(await putNew(draft, ['y', 'b'])).toEqual([4, 3]);
        });
      }),
    );

    test(
      'ids that differ only in case, accents or trailing space are different entities',
      on(open, async ({ store }) => {
        const ids = ['a', 'A', 'a ', 'ä', 'a\u0308'];
        await commit(store, (draft) => putNew(draft, ids));
        expect((await store.entities(ids, 1)).map((entity) => entity?.number)).toEqual([1, 2, 3, 4, 5]);
      }),
    );

    test(
      'only humans are found by email, in any case and with any status, in order of id',
      on(open, async ({ store }) => {
        const email = 'Ada.ÉVE@x.example';
        await commit(store, async (draft) => {
          await putNew(draft, ['c', 'b'], { properties: { email } });
          await putNew(draft, ['a'], { properties: { email: email.toLowerCase() }, status: 'LEFT' });
          await putNew(draft, ['d'], { properties: { email: 'other@x.example' } });
          await putNew(draft, ['e'], { kind: 'Account', properties: { email } });
        });
        const found = async (emails: string[], at: number) =>
          (await store.humansByEmail(emails, at)).map(({ id }) => id);
        expect(await found(['ada.e\u0301ve@x.exam\u200bple'], 3)).toEqual(await found([email], 3));
        expect(await found([email.toUpperCase()], 1)).toEqual(['a', 'b', 'c']);
        expect(await found(['OTHER@x.example', 'nobody@x.example', email], 1)).toEqual(['a', 'b', 'c', 'd']);
        expect(await found(['nobody@x.example'], 1)).toEqual([]);
        await commit(store, (draft) => putNew(draft, ['c'], { properties: { email: 'new@x.example' } }));
        expect(await found([email], 2)).toEqual(['a', 'b']);
        expect(await found([email], 1)).toEqual(['a', 'b', 'c']);
      }),
    );

    test(
      'an entity was last seen when its source spoke of it, or was last read in full and still had it',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['here']);
          await putNew(draft, ['gone'], { claim: { present: false, status: 'LEFT', reportedAt: T0 + 1 } });
        });
        await commit(store, (draft) => draft.putSource(sourceOf({ id: 'hr', fullSyncedAt: T0 + DAY })));
        const seenAt = async (at: number) =>
          (await store.entities(['here', 'gone'], at)).map((entity) => entity?.lastSeenAt);
        expect(await seenAt(1)).toEqual([T0, T0 + 1]);
        expect(await seenAt(2)).toEqual([T0 + DAY, T0 + 1]);
      }),
    );

    test(
      'the entities of a source come in order of number, each once, also while a draft writes them',
      on(open, async ({ store }) => {
        const ids = Array.from({ length: 4500 }, (_, at) => `e${(at * 7919) % 4500}`);
        await commit(store, async (draft) => {
          await putNew(draft, ids);
          await draft.putSource(sourceOf({ id: 'other' }));
          await putNew(draft, ['theirs'], { source: 2 });
        });
        const draft = await store.write({ now: T0 });
        const numbers: number[] = [];
        for await (const batch of draft.entitiesOf(1)) {
          numbers.push(...batch.map(({ number }) => number));
          await draft.putEntities(batch.map((entity) => ({ ...entity, name: 'again' })));
        }
        expect(numbers).toEqual(ids.map((_, at) => at + 1));
        expect((await collect(draft.entitiesOf(2))).flat().map(({ id }) => id)).toEqual(['theirs']);
        expect(await collect(draft.entitiesOf(3))).toEqual([]);
        await draft.abort();
      }),
    );
  });
}
