import { describe, expect, test } from '@jest/globals';
import { CASES } from '../../src/model/claims.js';
import type { RelationshipKey } from '../../src/model/entity.js';
import type { RelationshipType } from '../../src/model/relationships.js';
import type { RelationshipPlace, RelationshipsOf } from '../../src/store/queries.js';
import { claimOf, collect, commit, DAY, linkOf, type Open, on, putNew, T0 } from './fixtures.js';
import { refused } from './refused.js';

const keyOf = (type: RelationshipType, from: number, to: number): RelationshipKey => ({
  type,
  from,
  to,
  permission: null,
});

/** Relationships by key and around an entity. */
export function relationships(open: Open): void {
  describe('relationships', () => {
    test(
      'come back with the values of their claim',
      on(open, async ({ store }) => {
        const claim = claimOf({
          reportedAt: T0 + 7,
          startedAt: T0 - DAY,
          startedByWord: true,
          needs: 'ADMIN',
          required: false,
          access: false,
          sustains: true,
          how: 'READ',
          lastReadAt: T0 - 1,
          scopes: ['x', 'y'],
          evidence: 'ticket „1“ \u0000',
        });
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b']);
          await draft.putRelationships([
            { ...linkOf('CAN_ACCESS', 1, 2, claim), permission: 'WRITE' },
            { ...linkOf('CAN_ACCESS', 1, 2, claimOf()), permission: 'READ' },
          ]);
        });
        const access = (permission: 'READ' | 'WRITE' | 'ADMIN') => ({
          ...keyOf('CAN_ACCESS', 1, 2),
          permission,
        });
        const found = await store.relationships([access('ADMIN'), access('WRITE'), access('READ')], 1);
        const { source: _, reportedAt: __, startedByWord: ___, ...state } = claim;
        expect(found).toEqual([
          undefined,
          { ...access('WRITE'), fromId: 'a', toId: 'b', ...state, endedAt: null, claims: [claim] },
          expect.objectContaining({ ...access('READ'), claims: [claimOf()] }),
        ]);
      }),
    );

    test(
      'are given by key in the order asked, ended ones too, at each revision as they stood',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b']);
          await draft.putRelationships([linkOf('REPORTS_TO', 1, 2), linkOf('CREATED', 2, 1)]);
        });
        const ended = claimOf({ open: false, reportedAt: T0 + DAY });
        await commit(store, (draft) => draft.putRelationships([linkOf('REPORTS_TO', 1, 2, ended)]));
        const keys = [keyOf('CREATED', 2, 1), keyOf('CREATED', 1, 2), keyOf('REPORTS_TO', 1, 2)];
        const open2 = async (at: number) =>
          (await store.relationships(keys, at)).map((found) => found && [found.open, found.endedAt]);
        expect(await open2(0)).toEqual([undefined, undefined, undefined]);
        expect(await open2(1)).toEqual([[true, null], undefined, [true, null]]);
        expect(await open2(2)).toEqual([[true, null], undefined, [false, T0 + DAY]]);
      }),
    );

    test(
      'that several claim are the stronger of what they say, and open while one is',
      on(open, async ({ store }) => {
        const weak = claimOf({ source: 2, needs: 'WRITE', access: false, required: false, lastReadAt: T0 });
        const strong = claimOf({
          source: 1,
          needs: 'READ',
          sustains: true,
          lastReadAt: T0 - DAY,
          scopes: ['s'],
        });
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b']);
          await draft.putRelationships([linkOf('KNOWS', 1, 2, weak, strong)]);
        });
        const read = async (at: number) => (await store.relationships([keyOf('KNOWS', 1, 2)], at))[0];
        expect(await read(1)).toMatchObject({
          open: true,
          needs: 'READ',
          access: true,
          required: true,
          sustains: true,
          lastReadAt: T0,
          scopes: ['s'],
          claims: [strong, weak],
        });
        const gone = { ...strong, open: false };
        await commit(store, (draft) => draft.putRelationships([linkOf('KNOWS', 1, 2, weak, gone)]));
        expect(await read(2)).toMatchObject({
          open: true,
          needs: 'WRITE',
          access: false,
          claims: [gone, weak],
        });
        await commit(store, (draft) => draft.putRelationships([linkOf('KNOWS', 1, 2, weak)]));
        expect(await read(3)).toMatchObject({ open: true, claims: [weak] });
      }),
    );

    test(
      'that a case ended stay ended until their source is read later',
      on(open, async ({ store }) => {
        const byCase = claimOf({ source: CASES, open: false, reportedAt: T0 + DAY });
        const put = (reportedAt: number) =>
          commit(store, async (draft) => {
            await putNew(draft, ['a', 'b']);
            await draft.putRelationships([linkOf('OWNS', 1, 2, claimOf({ reportedAt }), byCase)]);
          });
        const read = async (at: number) => (await store.relationships([keyOf('OWNS', 1, 2)], at))[0];
        await put(T0);
        expect(await read(1)).toMatchObject({ open: false, endedAt: T0 + DAY });
        await put(T0 + 2 * DAY);
        expect(await read(2)).toMatchObject({ open: true, endedAt: null });
        expect(await read(1)).toMatchObject({ open: false });
      }),
    );

    test(
      'that a source claims to be open are found, also where other sources claim them or a case has ended them',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          const ids = Array.from({ length: 2100 }, (_, at) => `e${at}`);
          await putNew(draft, ids);
          await draft.putRelationships(ids.map((_, at) => linkOf('CREATED', at + 1, 1)));
          await draft.putRelationships([
            linkOf('OWNS', 1, 2, claimOf({ source: 2 })),
            linkOf('OWNS', 1, 3, claimOf({ source: 1, open: false }), claimOf({ source: 2 })),
            linkOf('OWNS', 1, 4, claimOf({ source: 2, open: false })),
            linkOf('OWNS', 1, 5, claimOf({ source: 2 }), claimOf({ source: CASES, open: false })),
          ]);
        });
        await commit(store, (draft) =>
          draft.putRelationships([linkOf('CREATED', 7, 1, claimOf({ open: false, reportedAt: T0 + 1 }))]),
        );
        const draft = await store.write({ now: T0 });
        const targets = async (source: number) =>
          (await collect(draft.relationshipsClaimedBy(source)))
            .flat()
            .map(({ type, from, to }) => [type, from, to]);
        // No order is promised, and a server that reuses what was deleted gives another one each time.
        const second = await targets(2);
        expect(second).toHaveLength(3);
        expect(second).toEqual(
          expect.arrayContaining([
            ['OWNS', 1, 2],
            ['OWNS', 1, 3],
            ['OWNS', 1, 5],
          ]),
        );
        const first = await targets(1);
        expect(first).toHaveLength(2099);
        expect(new Set(first.map(([, from]) => from)).size).toBe(2099);
        expect(await targets(9)).toEqual([]);
        await draft.abort();
      }),
    );

    test(
      'around an entity come by type, direction, other end and permission, a page at a time, both ways',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['m', '\ud83d\ude00', '\uff5e', 'B', 'a']);
          await draft.putRelationships([
            { ...linkOf('CAN_ACCESS', 1, 2), permission: 'ADMIN' },
            { ...linkOf('CAN_ACCESS', 1, 2), permission: 'READ' },
            linkOf('REPORTS_TO', 1, 4),
            linkOf('OWNS', 5, 1),
            linkOf('OWNS', 1, 2),
            linkOf('OWNS', 1, 3),
            linkOf('COPY_OF', 1, 1),
            linkOf('MEMBER_OF', 1, 5, claimOf({ open: false })),
          ]);
        });
        const expected: RelationshipPlace[] = [
          { type: 'OWNS', direction: 'OUT', other: '\uff5e', permission: 0 },
          { type: 'OWNS', direction: 'OUT', other: '\ud83d\ude00', permission: 0 },
          { type: 'OWNS', direction: 'IN', other: 'a', permission: 0 },
          { type: 'COPY_OF', direction: 'OUT', other: 'm', permission: 0 },
          { type: 'COPY_OF', direction: 'IN', other: 'm', permission: 0 },
          { type: 'CAN_ACCESS', direction: 'OUT', other: '\ud83d\ude00', permission: 1 },
          { type: 'CAN_ACCESS', direction: 'OUT', other: '\ud83d\ude00', permission: 3 },
          { type: 'REPORTS_TO', direction: 'OUT', other: 'B', permission: 0 },
        ];
        const ask = async (query: Partial<RelationshipsOf>) =>
          (await store.relationshipsOf([{ id: 'm', direction: 'BOTH', limit: 3, ...query }], 1))[0]!;
        for (let at = 0; at < expected.length; at += 1) {
          const after = await ask({ after: expected[at]! });
          expect(after.places).toEqual(expected.slice(at + 1, at + 4));
          expect([after.hasPrevious, after.hasNext, after.total]).toEqual([
            true,
            at + 4 < expected.length,
            8,
          ]);
          const before = await ask({ before: expected[at]!, fromEnd: true });
          expect(before.places).toEqual(expected.slice(Math.max(0, at - 3), at));
          expect([before.hasPrevious, before.hasNext]).toEqual([at > 3, true]);
        }
        expect((await ask({})).places).toEqual(expected.slice(0, 3));
        expect((await ask({ fromEnd: true })).places).toEqual(expected.slice(-3));
        const all = await ask({ limit: 1000 });
        expect([all.places, all.hasNext, all.hasPrevious]).toEqual([expected, false, false]);
        expect(all.relationships.map(({ fromId, toId }) => [fromId, toId])).toEqual(
          expected.map(({ direction, other }) => (direction === 'OUT' ? ['m', other] : [other, 'm'])),
        );
      }),
    );

    test(
      'around many entities are asked for at once: by direction, type, ended or not; none for the unknown',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['a', 'b', 'c']);
          await draft.putRelationships([
            linkOf('OWNS', 1, 2),
            linkOf('CREATED', 1, 2),
            linkOf('OWNS', 3, 1, claimOf({ open: false })),
          ]);
        });
        const limit = 10;
        const pages = await store.relationshipsOf(
          [
            { id: 'b', direction: 'IN', limit },
            { id: 'nobody', direction: 'BOTH', limit },
            { id: 'b', direction: 'OUT', limit },
            { id: 'a', direction: 'BOTH', types: ['OWNS'], limit },
            { id: 'a', direction: 'BOTH', types: ['OWNS'], ended: true, limit },
            { id: 'a', direction: 'BOTH', types: [], limit },
          ],
          1,
        );
        expect(
          pages.map((page) => page.relationships.map(({ type, fromId }) => `${fromId} ${type}`)),
        ).toEqual([['a OWNS', 'a CREATED'], [], [], ['a OWNS'], ['a OWNS', 'c OWNS'], []]);
        expect(pages.map(({ total }) => total)).toEqual([2, 0, 0, 1, 2, 0]);
        await refused('BAD_INPUT', store.relationshipsOf([{ id: 'a', direction: 'IN', limit: 1001 }], 1));
      }),
    );
  });
}
