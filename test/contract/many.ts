import { describe, expect, test } from '@jest/globals';
import type {
  EntityPlace,
  EntityQuery,
  RelationshipPlace,
  RelationshipsOf,
} from '../../src/store/queries.js';
import type { Store } from '../../src/store/store.js';
import { claimOf, commit, DAY, EVERYTHING, entityOf, linkOf, type Open, on, putNew, T0 } from './fixtures.js';
import { listPlainly } from './plain-list.js';

const bytes = (a: string, b: string) => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** Every page of what an entity has, in one direction of reading. */
async function walk(store: Store, query: RelationshipsOf, at: number): Promise<RelationshipPlace[]> {
  const places: RelationshipPlace[] = [];
  const backwards = query.fromEnd === true;
  for (let place: RelationshipPlace | undefined; ; ) {
    const from = place && (backwards ? { before: place } : { after: place });
    const page = (await store.relationshipsOf([{ ...query, ...from }], at))[0]!;
    expect(backwards ? page.hasNext : page.hasPrevious).toBe(place !== undefined);
    if (backwards) places.unshift(...page.places);
    else places.push(...page.places);
    place = backwards ? page.places[0] : page.places.at(-1);
    if (!(backwards ? page.hasPrevious : page.hasNext)) {
      expect(page.total).toBe(places.length);
      return places;
    }
  }
}

async function walkList(store: Store, query: EntityQuery): Promise<string[]> {
  const ids: string[] = [];
  for (let after: EntityPlace | undefined; ; ) {
    const page = await store.list({ ...query, ...(after && { after }) }, 1);
    ids.push(...page.entities.map(({ id }) => id));
    after = page.places.at(-1);
    if (!page.hasNext) {
      expect(page.total).toBe(ids.length);
      return ids;
    }
  }
}

/** Numbers that are far from the order of the ids. */
const OTHERS = Array.from(
  { length: 700 },
  (_, at) => `${at % 3 === 0 ? '\ud83d\ude00' : '\uff5e'}${(at * 311) % 700}`,
);

/** What holds of one holds of thousands. */
export function many(open: Open): void {
  describe('many', () => {
    test(
      'relationships of one entity come in order, each once, whatever the types, directions and pages',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          const [hub = 0, ...others] = await putNew(draft, ['hub', ...OTHERS]);
          await draft.putRelationships(
            others.flatMap((other, at) => [
              linkOf('CONTAINS', hub, other, claimOf({ open: at % 7 !== 0 })),
              { ...linkOf('CAN_ACCESS', other, hub), permission: at % 2 === 0 ? 'READ' : 'ADMIN' },
              ...(at % 5 === 0
                ? [{ ...linkOf('CAN_ACCESS', other, hub), permission: 'WRITE' as const }]
                : []),
            ]),
          );
          await draft.putRelationships([linkOf('OWNS', others[3] as number, hub)]);
        });
        const sorted = [...OTHERS.entries()].sort(([, a], [, b]) => bytes(a, b));
        const access = sorted.flatMap(([at, other]): RelationshipPlace[] =>
          [at % 2 === 0 ? 1 : 0, at % 5 === 0 ? 2 : 0, at % 2 === 0 ? 0 : 3]
            .filter((permission) => permission > 0)
            .map((permission) => ({ type: 'CAN_ACCESS', direction: 'IN', other, permission })),
        );
        const parts = (ended: boolean) =>
          sorted
            .filter(([at]) => ended || at % 7 !== 0)
            .map(
              ([, other]): RelationshipPlace => ({
                type: 'CONTAINS',
                direction: 'OUT',
                other,
                permission: 0,
              }),
            );
        const owned: RelationshipPlace = {
          type: 'OWNS',
          direction: 'IN',
          other: OTHERS[3] as string,
          permission: 0,
        };
        const all = { id: 'hub', direction: 'BOTH', limit: 333 } as const;
        const expected = [owned, ...access, ...parts(false)];
        expect(await walk(store, all, 1)).toEqual(expected);
        expect(await walk(store, { ...all, fromEnd: true, limit: 512 }, 1)).toEqual(expected);
        expect(await walk(store, { ...all, direction: 'OUT', ended: true, limit: 699 }, 1)).toEqual(
          parts(true),
        );
        expect(await walk(store, { ...all, types: ['OWNS'], limit: 1 }, 1)).toEqual([owned]);
        expect(await walk(store, { ...all, types: ['CONTAINS', 'OWNS'] }, 1)).toEqual([
          owned,
          ...parts(false),
        ]);
        const page = (await store.relationshipsOf([{ ...all, after: parts(true)[0]!, limit: 1000 }], 1))[0]!;
        const { relationships, places } = page;
        expect(places).toEqual(parts(false).filter(({ other }) => other !== parts(true)[0]!.other));
        expect(relationships.map(({ fromId, toId }) => [fromId, toId])).toEqual(
          places.map(({ other }) => ['hub', other]),
        );
      }),
    );

    test(
      'a draft of thousands reads what it has just written, and writes it anew',
      on(open, async ({ store }) => {
        const ids = Array.from({ length: 5002 }, (_, at) => `e${at}`);
        await commit(store, async (draft) => {
          const numbers = await putNew(draft, ids);
          const [first = 0, second = 0] = numbers;
          const last = numbers.at(-1) as number;
          expect(await draft.numbersOf(['e0', 'e5001', 'nobody'])).toEqual([first, last, 0]);
          expect(await draft.assignNumbers(['e0', 'e5001', 'more'])).toEqual([first, last, last + 1]);
          const read = await draft.entities([first, last]);
          expect(read.map((one) => one?.name)).toEqual(['e0', 'e5001']);
          await draft.putRelationships(numbers.slice(1).map((number) => linkOf('OWNS', first, number)));
          const key = { type: 'OWNS', from: first, to: second, permission: null } as const;
          expect((await draft.relationships([key]))[0]?.to).toBe(second);
          await draft.putEntities([entityOf({ number: first, id: 'e0', name: 'anew' })]);
          await draft.putRelationships([linkOf('OWNS', first, second, claimOf({ open: false }))]);
          await draft.putEntities([entityOf({ number: last + 1, id: 'more' })]);
        });
        const [anew, more] = await store.entities(['e0', 'more'], 1);
        expect([anew?.name, more?.name]).toEqual(['anew', 'more']);
        const query = { id: 'e0', direction: 'OUT', ended: false, limit: 1 } as const;
        expect((await store.relationshipsOf([query], 1))[0]?.total).toBe(5000);
      }),
    );

    test(
      'relationships of one entity stand at an old revision as they stood',
      on(open, async ({ store }) => {
        const put = (claim = claimOf()) =>
          commit(store, async (draft) => {
            const [hub = 0, ...others] = await putNew(draft, ['hub', ...OTHERS]);
            await draft.putRelationships(
              others
                .filter((_, at) => at < 400 || claim.open)
                .map((other) => linkOf('OWNS', hub, other, claim)),
            );
          });
        const total = async (at: number, ended = false) => {
          const query = { id: 'hub', direction: 'OUT', ended, limit: 2 } as const;
          return (await store.relationshipsOf([query], at))[0]?.total;
        };
        await put();
        expect([await total(0), await total(1), await total(2)]).toEqual([0, 700, 700]);
        await put(claimOf({ open: false, reportedAt: T0 + DAY }));
        expect([await total(1), await total(2), await total(2, true)]).toEqual([700, 300, 700]);
        await put(claimOf({ reportedAt: T0 + 2 * DAY }));
        expect([await total(1), await total(2), await total(3)]).toEqual([700, 300, 700]);
      }),
    );

    test(
      'entities are listed in order, each once, in every order',
      on(open, async ({ store }) => {
        const entities = Array.from({ length: 2500 }, (_, at) =>
          entityOf({
            number: at + 1,
            id: `${at % 4 === 0 ? '\ud83d\ude00' : '\uff5e'}${(at * 2003) % 2500}`,
            kind: at % 3 === 0 ? 'App' : 'Human',
            name: `name ${(at * 7) % 1999}`,
            createdAt: at % 11 === 0 ? null : T0 + ((at * 13) % 997),
          }),
        );
        await commit(store, async (draft) => {
          await putNew(
            draft,
            entities.map(({ id }) => id),
          );
          await draft.putEntities(entities);
        });
        const fields = ['ID', 'NAME', 'KIND', 'CREATED_AT'] as const;
        for (const [at, field] of fields.entries()) {
          const direction = at % 2 === 0 ? 'DESC' : 'ASC';
          const query: EntityQuery = { ...EVERYTHING, order: { field, direction } };
          expect(await walkList(store, query)).toEqual(listPlainly(entities, { 1: 'hr' }, query));
        }
        const some = { ...EVERYTHING, search: 'name 12' };
        expect(await walkList(store, some)).toEqual(listPlainly(entities, { 1: 'hr' }, some));
      }),
    );

    test(
      'what a list of the living has follows the moment it is asked for, to the millisecond',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          for (const [id, expiresAt] of [
            ['a', T0 + 5],
            ['b', T0 + 9],
            ['c', T0 + 9],
          ] as const) {
            await putNew(draft, [id], { kind: 'Token', properties: { expiresAt } });
          }
        });
        const living = async (now: number) => (await store.list({ ...EVERYTHING, live: true, now }, 1)).total;
        const moments = [6, 0, 4, 5, 8, 9, 100, 8, 4];
        const totals: number[] = [];
        for (const moment of moments) totals.push(await living(T0 + moment));
        expect(totals).toEqual([2, 3, 3, 2, 2, 0, 0, 2, 3]);
      }),
    );
  });
}
