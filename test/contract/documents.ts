import { describe, expect, test } from '@jest/globals';
import type { DocumentWrite } from '../../src/store/journal.js';
import type { Store } from '../../src/store/store.js';
import { collect, commit, type Open, on, putNew, T0 } from './fixtures.js';
import { refused } from './refused.js';

const planOf = (key: string, body: DocumentWrite['body'] = {}): DocumentWrite => ({
  collection: 'plan',
  key,
  body,
});

const put = (store: Store, ...documents: readonly DocumentWrite[]) =>
  commit(store, (draft) => draft.putDocuments(documents));

/** Every key of a collection, page by page. */
async function keysOf(store: Store, collection: string, limit: number, prefix?: string): Promise<string[]> {
  const keys: string[] = [];
  for (;;) {
    const after = keys.at(-1);
    const page = await store.journal.documentsFrom(collection, {
      limit,
      ...(prefix === undefined ? {} : { prefix }),
      ...(after === undefined ? {} : { after }),
    });
    keys.push(...page.map(({ key }) => key));
    if (page.length < limit) return keys;
  }
}

/** Documents: kept beside the graph, only in their newest form. */
export function documents(open: Open): void {
  describe('documents', () => {
    test(
      'come back as they were, in the order asked, with undefined for what is not there',
      on(open, async ({ store }) => {
        const body = {
          n: 1.5e-7,
          no: null,
          deep: [{ z: [true], a: '' }],
          text: 'ß\u{1f600}\u2028\u0000\ud800"\\',
        };
        await put(store, planOf('a', body), { collection: 'case', key: 'a', body: { of: 'case' } });
        await put(store, planOf('b'));
        expect(await store.journal.documents('plan', ['b', 'x', 'a', 'b'])).toEqual([
          { ...planOf('b'), revision: 2 },
          undefined,
          { ...planOf('a', body), revision: 1 },
          { ...planOf('b'), revision: 2 },
        ]);
        expect(await store.journal.documents('plan', [])).toEqual([]);
        expect(await store.journal.documents('none', ['a'])).toEqual([undefined]);
        expect(await store.journal.documentsFrom('none', { limit: 10 })).toEqual([]);
        expect(await store.journal.documents('case', ['a'])).toMatchObject([{ body: { of: 'case' } }]);
      }),
    );

    test(
      'only the newest form counts, however often a document is written, in one draft or in many',
      on(open, async ({ store }) => {
        for (const n of [1, 2, 3, 4]) await put(store, planOf('a', { n }), planOf('a', { n: n * 10 }));
        await put(store, planOf('b'));
        const newest = { ...planOf('a', { n: 40 }), revision: 4 };
        expect(await store.journal.documents('plan', ['a'])).toEqual([newest]);
        expect(await store.journal.documentsFrom('plan', { limit: 1 })).toEqual([newest]);
        expect(await keysOf(store, 'plan', 10)).toEqual(['a', 'b']);
      }),
    );

    test(
      'are a commit by themselves, of which the graph and its feed know nothing',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, ['a']));
        expect((await put(store, planOf('p'))).revision).toBe(2);
        expect((await store.head()).revision).toBe(2);
        const rows = await collect(store.scan(1, 2));
        expect(rows.reduce((sum, row) => sum + row.entities.count + row.relationships.count, 0)).toBe(0);
        expect((await collect(store.scan(0, 2))).reduce((sum, row) => sum + row.entities.count, 0)).toBe(1);
      }),
    );

    test(
      'readers see none of an open draft or of an aborted one, and all of it after the commit and after reopening',
      on(open, async ({ store, openSecond, reopen }) => {
        const second = await openSecond();
        const long = 'x'.repeat(3_000_000);
        await put(store, planOf('a', { n: 1, long }), planOf('b', { n: 1 }));
        const seen = async (from: Store) => [
          await from.journal.documents('plan', ['a', 'b', 'c']),
          await from.journal.documentsFrom('plan', { limit: 10 }),
        ];
        const before = await seen(store);
        const change = async () => {
          const draft = await store.write({ now: T0 });
          await draft.putDocuments([planOf('a', { n: 2, long }), planOf('c', { n: 2, long })]);
          await draft.putDocuments([planOf('a', { n: 3, long }), planOf('b', { n: 3 })]);
          await putNew(draft, ['entity']);
          return draft;
        };
        for (let times = 0; times < 2; times += 1) {
          const draft = await change();
          expect(await seen(store)).toEqual(before);
          expect(await seen(second)).toEqual(before);
          await draft.abort();
        }
        expect(await seen(store)).toEqual(before);
        expect(await seen(second)).toEqual(before);
        await (await change()).commit([]);
        const after = await seen(store);
        expect(after[0]).toMatchObject([
          { body: { n: 3, long }, revision: 2 },
          { body: { n: 3 }, revision: 2 },
          { body: { n: 2, long }, revision: 2 },
        ]);
        expect(await seen(second)).toEqual(after);
        expect(await seen(await reopen())).toEqual(after);
        expect(await second.entities(['entity'], 2)).toMatchObject([{ id: 'entity' }]);
      }),
    );

    test(
      'another handle sees every commit whole, while documents are written again and again',
      on(open, async ({ store, openSecond }) => {
        const second = await openSecond();
        const keys = ['a', 'b', 'c', 'd'];
        const write = (n: number) => put(store, ...keys.map((key) => planOf(key, { n })));
        await write(0);
        let writing = true;
        const writer = (async () => {
          for (let n = 1; n <= 30; n += 1) await write(n);
        })().finally(() => {
          writing = false;
        });
        let last = 0;
        while (writing) {
          const found = await second.journal.documents('plan', keys);
          const ns = new Set(found.map((document) => document?.body.n as number));
          expect(ns.size).toBe(1);
          const [n = -1] = ns;
          expect(n).toBeGreaterThanOrEqual(last);
          last = n;
          // The writer gives way to the event loop, which reads without a pause would never leave free.
          await new Promise((resolve) => setImmediate(resolve));
        }
        await writer;
        expect(await second.journal.documentsFrom('plan', { limit: 9 })).toMatchObject(
          keys.map((key) => ({ key, body: { n: 30 } })),
        );
      }),
    );

    test(
      'are in order of the UTF-8 bytes of their keys, also where a page begins',
      on(open, async ({ store }) => {
        const keys = [
          'A',
          'a',
          'a b',
          'ab',
          'z',
          '\u00e9',
          '\ud7ff',
          '\ue000',
          '\uffff',
          '\u{1f600}',
          '\u{10ffff}',
        ];
        await put(store, ...[...keys].reverse().map((key) => planOf(key)));
        expect(await keysOf(store, 'plan', 100)).toEqual(keys);
        expect(await keysOf(store, 'plan', 1)).toEqual(keys);
        expect(await store.journal.documentsFrom('plan', { after: '\ufffe', limit: 1 })).toMatchObject([
          { key: '\uffff' },
        ]);
      }),
    );

    test(
      'are found by how their keys begin, letter for letter',
      on(open, async ({ store }) => {
        const keys = [
          ...[
            '100%',
            '100%/1',
            '1000',
            'a',
            'a/1',
            'a/1/2',
            'a_b',
            'aXb',
            'a\\b',
            'A/1',
            'b',
            '\ud7ff',
            '\ud7ff/1',
          ],
          ...['\ue000', '\uffff', '\uffff/1', '\u{1f600}', '\u{1f600}/1', '\u{10ffff}', '\u{10ffff}/1'],
        ];
        await put(store, ...keys.map((key) => planOf(key)), { collection: 'plans', key: 'a/9', body: {} });
        for (const prefix of ['', '100%', 'a', 'a/', 'a_', 'a\\', ...keys, 'none', "'"]) {
          const begins = new Set(keys.filter((key) => key.startsWith(prefix)));
          for (const limit of [1, 100]) {
            expect([prefix, new Set(await keysOf(store, 'plan', limit, prefix))]).toEqual([prefix, begins]);
          }
        }
        expect(
          await store.journal.documentsFrom('plan', { prefix: 'a/', after: 'a/1', limit: 9 }),
        ).toMatchObject([{ key: 'a/1/2' }]);
        expect(await store.journal.documentsFrom('plan', { prefix: 'a/', after: 'b', limit: 9 })).toEqual([]);
      }),
    );

    test(
      'there may be many in one draft, and pages have them all',
      on(open, async ({ store }) => {
        const keys = Array.from({ length: 5000 }, (_, at) => `case/7/action/${String(at).padStart(4, '0')}`);
        await put(store, ...keys.map((key, at) => ({ collection: 'action', key, body: { at } })));
        expect(await keysOf(store, 'action', 1000, 'case/7/')).toEqual(keys);
        const again = await commit(store, (draft) =>
          draft.putDocuments(keys.map((key, at) => ({ collection: 'action', key, body: { at: at + 1 } }))),
        );
        const found = await store.journal.documents('action', keys);
        expect(found.map((document) => document?.body.at)).toEqual(keys.map((_, at) => at + 1));
        expect(new Set(found.map((document) => document?.revision))).toEqual(new Set([again.revision]));
      }),
    );

    test(
      'may be large, with any character in any place',
      on(open, async ({ store }) => {
        const rows = Array.from({ length: 60_000 }, (_, at) => `${at} \u{1f600}ß \u0000 ${'y'.repeat(100)}`);
        await put(store, planOf('large', { rows }), planOf('small', { n: 1 }));
        const [large, small] = await store.journal.documents('plan', ['large', 'small']);
        expect(large?.body.rows).toEqual(rows);
        expect(small?.body).toEqual({ n: 1 });
        await put(store, planOf('large', { now: 'short' }));
        expect(await store.journal.documents('plan', ['large'])).toMatchObject([{ body: { now: 'short' } }]);
      }),
    );

    test(
      'names that no id has, and pages that no list has, are refused or not found',
      on(open, async ({ store }) => {
        await put(store, planOf('a'));
        const draft = await store.write({ now: T0 });
        for (const name of ['', 'a\u0000b', 'a\ud800', 'a\nb', 'x'.repeat(513)]) {
          await refused('BAD_INPUT', draft.putDocuments([planOf(name)]));
          await refused('BAD_INPUT', draft.putDocuments([{ ...planOf('a'), collection: name }]));
        }
        await draft.abort();
        expect(await store.journal.documents('plan', ['a\u0000b', 'a\ud800', ''])).toEqual(
          Array.from({ length: 3 }, () => undefined),
        );
        expect(await store.journal.documents('plan\u0000', ['a'])).toEqual([undefined]);
        expect(await store.journal.documentsFrom('plan\u0000', { limit: 1 })).toEqual([]);
        for (const limit of [0, -1, 1.5, 1001]) {
          await refused('BAD_INPUT', store.journal.documentsFrom('plan', { limit }));
        }
        await refused('BAD_INPUT', store.journal.documentsFrom('plan', { limit: 1, prefix: 'a\u0000' }));
        await refused('BAD_INPUT', store.journal.documentsFrom('plan', { limit: 1, after: '\udc00' }));
        expect((await store.head()).revision).toBe(1);
      }),
    );
  });
}
