import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../src/store/store.js';
import {
  claimOf,
  collect,
  commit,
  EVERYTHING,
  entityOf,
  factOf,
  linkOf,
  type Open,
  on,
  putNew,
  sourceOf,
  T0,
} from './fixtures.js';
import { refused } from './refused.js';

/** Everything that a reader can see of a store, read at a revision after the head. */
async function seen(store: Store): Promise<unknown> {
  const ahead = (await store.head()).revision + 5;
  return {
    head: await store.head(),
    at: await store.revisionAt(Number.MAX_SAFE_INTEGER),
    byId: await store.entities(['a', 'b', 'c'], ahead),
    byNumber: await store.entitiesByNumber([1, 2, 3], ahead),
    humans: await store.humansByEmail(['a@x.example'], ahead),
    list: await store.list(EVERYTHING, ahead),
    around: await store.relationshipsOf([{ id: 'a', direction: 'BOTH', ended: true, limit: 10 }], ahead),
    byKey: await store.relationships([{ type: 'REPORTS_TO', from: 1, to: 2, permission: null }], ahead),
    sources: await store.sources(ahead),
    scan: await collect(store.scan(0, ahead)),
    audit: await store.journal.auditEvents({ limit: 100 }),
  };
}

/** Readers see all of a commit or none of it. */
export function atomicity(open: Open): void {
  describe('atomicity', () => {
    test(
      'readers see nothing of an open draft or of an aborted one, and all of it after the commit',
      on(open, async ({ store, openSecond }) => {
        const second = await openSecond();
        await commit(store, async (draft) => {
          const [a = 0, b = 0] = await putNew(draft, ['a', 'b']);
          await draft.putRelationships([linkOf('REPORTS_TO', a, b)]);
        });
        const before = await seen(store);
        const change = async () => {
          const draft = await store.write({ now: T0 + 5 });
          await putNew(draft, ['a', 'c'], { name: 'changed', properties: { email: 'a@x.example' } });
          await draft.putRelationships([linkOf('REPORTS_TO', 1, 2, claimOf({ open: false }))]);
          await draft.putSource(sourceOf({ id: 'other' }));
          return draft;
        };
        const draft = await change();
        expect(await seen(store)).toEqual(before);
        expect(await seen(second)).toEqual(before);
        await draft.abort();
        expect(await seen(store)).toEqual(before);
        await (await change()).commit([factOf('CHANGED')]);
        const after = await seen(store);
        expect(after).not.toEqual(before);
        expect(await seen(second)).toEqual(after);
        expect(after).toMatchObject({
          head: { revision: 2 },
          byId: [{ name: 'changed' }, { name: 'b' }, { name: 'changed' }],
          byKey: [{ open: false }],
          audit: [{ type: 'CHANGED' }],
        });
      }),
    );

    test(
      'a draft sees the head with what it has written itself',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, ['a', 'b']));
        const draft = await store.write({ now: T0 });
        const [c = 0] = await putNew(draft, ['c'], { properties: { email: 'C@x.example' } });
        await draft.putEntities([entityOf({ number: 1, id: 'a', name: 'new' })]);
        await draft.putRelationships([linkOf('REPORTS_TO', 1, c)]);
        expect((await draft.entities([1, 2, c, 99])).map((entity) => entity?.name)).toEqual([
          'new',
          'b',
          'c',
          undefined,
        ]);
        expect((await draft.humansByEmail(['c@X.example'])).map(({ id }) => id)).toEqual(['c']);
        const [found] = await draft.relationships([{ type: 'REPORTS_TO', from: 1, to: c, permission: null }]);
        expect(found).toMatchObject({ fromId: 'a', toId: 'c', open: true });
        expect((await draft.source('hr'))?.number).toBe(1);
        await draft.abort();
      }),
    );

    test(
      'where a draft writes a row twice, the last one counts',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b'], { name: 'first' });
          await putNew(draft, ['a'], { name: 'second' });
          await draft.putRelationships([linkOf('REPORTS_TO', 1, 2), linkOf('CREATED', 1, 2)]);
          await draft.putRelationships([linkOf('REPORTS_TO', 1, 2, claimOf({ evidence: 'later' }))]);
        });
        expect((await store.entities(['a', 'b'], 1)).map((entity) => entity?.name)).toEqual([
          'second',
          'first',
        ]);
        const [page] = await store.relationshipsOf([{ id: 'a', direction: 'OUT', limit: 10 }], 1);
        expect(page?.relationships.map(({ evidence }) => evidence)).toEqual([null, 'later']);
      }),
    );

    test(
      'abort does nothing after a commit, and twice; a draft that is over refuses work',
      on(open, async ({ store }) => {
        const draft = await store.write({ now: T0 });
        await putNew(draft, ['a']);
        await draft.commit([]);
        await draft.abort();
        await draft.abort();
        expect((await store.head()).revision).toBe(1);
        await refused('INTERNAL', draft.numbersOf(['a']));
        await refused('INTERNAL', draft.commit([]));
        await commit(store, (next) => putNew(next, ['b']));
      }),
    );

    test(
      'text that no engine keeps is refused, and the draft can still be aborted',
      on(open, async ({ store }) => {
        const draft = await store.write({ now: T0 });
        await refused('BAD_INPUT', draft.assignNumbers(['a\u0000b']));
        await refused('BAD_INPUT', draft.putEntities([entityOf({ number: 1, id: 'a', name: 'a\u0000b' })]));
        await refused('BAD_INPUT', draft.putSource(sourceOf({ id: 'x\u0000' })));
        await refused('BAD_INPUT', draft.putRelationships([{ ...linkOf('CREATED', 1, 2), claims: [] }]));
        await draft.abort();
        expect((await store.head()).revision).toBe(0);
      }),
    );

    test(
      'closing aborts an open draft, and a second time does nothing; every later call is refused',
      on(open, async ({ store, openSecond }) => {
        const second = await openSecond();
        const draft = await store.write({ now: T0 });
        await putNew(draft, ['a']);
        await store.close();
        await store.close();
        await refused('UNAVAILABLE', draft.commit([]));
        await refused('UNAVAILABLE', store.head());
        await refused('UNAVAILABLE', store.write({ now: T0 }));
        expect((await second.head()).revision).toBe(0);
        expect((await commit(second, (next) => putNew(next, ['b']))).revision).toBe(1);
        expect(await second.entities(['a', 'b'], 1)).toMatchObject([undefined, { number: 1 }]);
      }),
    );

    test.each([
      ['few', 20],
      ['many', 6000],
    ])(
      'closing while %s rows are being committed leaves all of them or none, and the commit reports which',
      async (_how, size) => {
        await on(open, async ({ store, openSecond }) => {
          const second = await openSecond();
          const draft = await store.write({ now: T0 });
          await putNew(
            draft,
            Array.from({ length: size }, (_, at) => `e${at}`),
          );
          const committing = draft.commit([factOf('CHANGED')]).then(
            ({ revision }) => revision,
            (error: { code: string }) => error.code,
          );
          await store.close();
          const said = await committing;
          const { revision } = await second.head();
          expect(said).toBe(revision === 1 ? 1 : 'UNAVAILABLE');
          expect((await second.list({ ...EVERYTHING, limit: 1 }, 1)).total).toBe(revision * size);
          expect(await second.journal.auditEvents({ limit: 9 })).toHaveLength(revision);
          expect((await commit(second, (next) => putNew(next, ['next']))).revision).toBe(revision + 1);
        })();
      },
    );
  });
}
