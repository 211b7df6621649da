import { describe, expect, test } from '@jest/globals';
import { MemoryIndex } from '../../src/graph/memory/memory-index.js';
import { RELATIONSHIP_TYPES } from '../../src/model/relationships.js';
import type { Store } from '../../src/store/store.js';
import {
  claimOf,
  collect,
  commit,
  EVERYTHING,
  entityOf,
  linkOf,
  type Open,
  on,
  putNew,
  sourceOf,
  T0,
} from './fixtures.js';

const ALL_TYPES = 2 ** RELATIONSHIP_TYPES.length - 1;

/** Two accounts and a group, of which the second account is withdrawn with its membership and its source. */
async function withdrawn(store: Store): Promise<readonly [ada: number, bob: number, group: number]> {
  const numbers: number[] = [];
  await commit(store, async (draft) => {
    numbers.push(...(await putNew(draft, ['ada', 'group'], { kind: 'Group' })));
    const other = await draft.putSource(sourceOf({ id: 'other' }));
    const [bob] = await draft.assignNumbers(['bob']);
    numbers.splice(1, 0, bob as number);
    const email = { email: 'bob@acme.example' };
    await draft.putEntities([
      entityOf({ id: 'bob', number: bob as number, source: other, properties: email }),
    ]);
    await draft.putRelationships([
      linkOf('MEMBER_OF', numbers[0]!, numbers[2]!),
      linkOf('OWNS', numbers[1]!, numbers[2]!, claimOf({ source: other })),
      linkOf('OWNS', numbers[1]!, numbers[0]!, claimOf({ source: other, open: false })),
    ]);
  });
  const [ada, bob, group] = numbers as [number, number, number];
  await commit(store, async (draft) => {
    const ended = await collect(draft.relationshipsClaimedBy(2, true));
    expect(ended.flat()).toHaveLength(2);
    expect((await collect(draft.relationshipsClaimedBy(2))).flat()).toHaveLength(1);
    await draft.withdraw({ entities: [bob], relationships: ended.flat(), sources: [2] });
    expect(await draft.entities([bob])).toEqual([undefined]);
    expect(await draft.source('other')).toBeUndefined();
    expect(await draft.humansByEmail(['bob@acme.example'])).toEqual([]);
    expect(await draft.numbersOf(['bob'])).toEqual([bob]);
  });
  return [ada, bob, group];
}

/** Rows that a draft takes out of the state. */
export function withdrawals(open: Open): void {
  describe('withdrawn rows', () => {
    test(
      'are found by no read from then on, and by every read before',
      on(open, async ({ store }) => {
        const [ada, bob, group] = await withdrawn(store);
        const owns = { type: 'OWNS', from: bob, to: group, permission: null } as const;
        const ended = { ...owns, to: ada };
        const keys = [owns, ended];
        const own = { id: 'ada', direction: 'BOTH', ended: true, limit: 10 } as const;
        const read = async (at: number) => ({
          listed: (await store.list(EVERYTHING, at)).entities.map(({ id }) => id),
          total: (await store.list(EVERYTHING, at)).total,
          byId: (await store.entities(['bob'], at))[0]?.id,
          byNumber: (await store.entitiesByNumber([bob], at))[0]?.id,
          byEmail: (await store.humansByEmail(['BOB@acme.example'], at)).length,
          sources: (await store.sources(at)).map(({ id }) => id),
          open: (await store.relationships(keys, at)).map((one) => one?.open),
          ofAda: (await store.relationshipsOf([own], at))[0]?.relationships.map(({ type }) => type),
        });
        expect(await read(1)).toEqual({
          listed: ['ada', 'bob', 'group'],
          total: 3,
          byId: 'bob',
          byNumber: 'bob',
          byEmail: 1,
          sources: ['hr', 'other'],
          open: [true, false],
          ofAda: ['MEMBER_OF', 'OWNS'],
        });
        expect(await read(2)).toEqual({
          listed: ['ada', 'group'],
          total: 2,
          byId: undefined,
          byNumber: undefined,
          byEmail: 0,
          sources: ['hr'],
          open: [undefined, undefined],
          ofAda: ['MEMBER_OF'],
        });
      }),
    );

    test(
      'are in no scan, and an index that knew them begins anew',
      on(open, async ({ store }) => {
        const [, bob] = await withdrawn(store);
        const changes = await collect(store.scan(1, 2));
        expect(changes[0]?.anew).toBe(true);
        const ids = changes.flatMap(({ entities }) => entities.id);
        expect(ids.sort()).toEqual(['ada', 'group']);
        const index = (await MemoryIndex.load(2, store.scan(1, 2))).at(T0);
        expect(index.numberOf('bob')).toBe(0);
        expect(index.isLive(bob)).toBe(false);
        expect(
          (await store.expand([bob], { out: ALL_TYPES, into: ALL_TYPES, family: true }, 2)).entities.count,
        ).toBe(0);
      }),
    );

    test(
      'may come back, under the number that they had',
      on(open, async ({ store }) => {
        const [ada, bob, group] = await withdrawn(store);
        await commit(store, async (draft) => {
          const source = await draft.putSource(sourceOf({ id: 'other' }));
          expect(await draft.assignNumbers(['bob'])).toEqual([bob]);
          await draft.putEntities([entityOf({ id: 'bob', number: bob, source })]);
          await draft.putRelationships([linkOf('OWNS', bob, group, claimOf({ source }))]);
        });
        const [back] = await store.entities(['bob'], 3);
        expect(back).toMatchObject({ number: bob, kind: 'Human' });
        const [page] = await store.relationshipsOf(
          [{ id: 'bob', direction: 'OUT', ended: true, limit: 9 }],
          3,
        );
        expect(page?.relationships.map(({ to }) => to)).toEqual([group]);
        expect(await store.entities(['bob'], 2)).toEqual([undefined]);
        expect(ada).toBeGreaterThan(0);
        expect((await store.diagnose()).problems).toEqual([]);
      }),
    );

    test(
      'are there again where the draft is aborted',
      on(open, async ({ store, reopen }) => {
        await commit(store, (draft) => putNew(draft, ['ada', 'bob']));
        const draft = await store.write({ now: T0 });
        await draft.withdraw({ entities: [1, 2], sources: [1] });
        await draft.abort();
        const again = await reopen();
        await commit(again, (next) => putNew(next, ['eve']));
        expect((await again.list(EVERYTHING, 9)).entities.map(({ id }) => id)).toEqual(['ada', 'bob', 'eve']);
        expect(await again.sources(9)).toHaveLength(1);
      }),
    );

    test(
      'may be many',
      on(open, async ({ store }) => {
        const ids = Array.from({ length: 6000 }, (_, at) => `person-${at}`);
        await commit(store, async (draft) => {
          const numbers = await putNew(draft, ids);
          await draft.putRelationships(numbers.slice(1).map((to) => linkOf('REPORTS_TO', to, numbers[0]!)));
        });
        await commit(store, async (draft) => {
          const relationships = (await collect(draft.relationshipsClaimedBy(1, true))).flat();
          await draft.withdraw({ entities: relationships.map(({ from }) => from), relationships });
        });
        expect((await store.list(EVERYTHING, 2)).total).toBe(1);
        expect((await store.list(EVERYTHING, 1)).total).toBe(6000);
        expect(await store.diagnose()).toMatchObject({ entities: 1, relationships: 0, problems: [] });
      }),
    );
  });
}
