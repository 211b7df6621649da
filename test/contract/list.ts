import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { EntityWrite } from '../../src/store/draft.js';
import {
  ENTITY_ORDER_FIELDS,
  ENTITY_TIMES,
  type EntityPlace,
  type EntityQuery,
} from '../../src/store/queries.js';
import type { Store } from '../../src/store/store.js';
import { commit, DAY, EVERYTHING, entityOf, type Open, on, putNew, sourceOf, T0 } from './fixtures.js';
import { listPlainly } from './plain-list.js';
import { refused } from './refused.js';

/** Ids whose order differs between UTF-8, UTF-16 and any dictionary. */
const AWKWARD = [
  'a',
  'B',
  'Z',
  'z',
  'é',
  '\uff5e',
  '\ud83d\ude00',
  '\u{10ffff}',
  '\ue000',
  'a b',
  'a-b',
  'ab',
];

const idList = async (store: Store, query: Partial<EntityQuery>, at = 1) =>
  (await store.list({ ...EVERYTHING, ...query }, at)).entities.map(({ id }) => id);

function arbitraryEntity(number: number, id: string): fc.Arbitrary<EntityWrite> {
  const time = fc.option(fc.integer({ min: 0, max: 5 }).map((days) => T0 + days * DAY));
  const kinds = fc.constantFrom('Human', 'Token', 'App', 'Secret') as fc.Arbitrary<EntityWrite['kind']>;
  return fc
    .record({
      kind: kinds,
      name: fc.constantFrom('Alpha', 'alpha', 'A Alpha', 'be%ta', 'be_ta', 'Ünder', '\ud83d\ude00', '\uff5e'),
      dead: fc.boolean(),
      source: fc.integer({ min: 1, max: 2 }),
      externalId: fc.option(fc.constantFrom('X-1', 'x-2')),
      createdAt: time,
      lastUsedAt: time,
      expiresAt: time,
      tokenType: fc.option(fc.constantFrom('SSH_KEY', 'API_KEY')),
      lastWorkingDay: fc.option(fc.constantFrom('2026-01-02', '2026-01-03', '2026-01-03T17:00:00.000Z')),
      attributes: fc.constantFrom(
        {},
        { lastWorkingDay: '2026-01-02', tokenType: 'SSH_KEY' },
        { a: '"tokenType":"SSH_KEY"' },
      ),
    })
    .map(({ dead, expiresAt, tokenType, lastWorkingDay, ...rest }) => {
      const ended = rest.kind === 'Human' ? 'LEFT' : rest.kind === 'App' ? 'SUSPENDED' : 'REVOKED';
      const token = { tokenType, ...(expiresAt === null ? {} : { expiresAt }) };
      const properties = rest.kind === 'Token' ? token : rest.kind === 'Human' ? { lastWorkingDay } : {};
      return entityOf({ ...rest, number, id, status: dead ? ended : 'ACTIVE', properties });
    });
}

const arbitraryEntities = fc.tuple(...AWKWARD.map((id, at) => arbitraryEntity(at + 1, id)));

const aDay = fc.integer({ min: -1, max: 6 }).map((days) => T0 + days * DAY);

/** Conditions, any of which a query may have. */
const conditions = {
  kinds: fc.subarray(['Human', 'Token', 'App'] as const),
  statuses: fc.subarray(['ACTIVE', 'EXPIRED', 'REVOKED', 'LEFT', 'NOT_A_STATUS']),
  sources: fc.subarray(['hr', 'git', 'none']),
  live: fc.boolean(),
  search: fc.constantFrom('', 'ALPHA', '%', '_', 'x-', 'ü', 'é', 'a', "'"),
  tokenTypes: fc.subarray(['SSH_KEY', 'API_KEY', 'SESSION']),
  createdBefore: aDay,
  lastUsedBefore: aDay,
  expiresBefore: aDay,
  lastWorkingDay: fc.constantFrom(
    { from: '2026-01-03' },
    { until: '2026-01-02' },
    { from: '2026-01-02', until: '2026-01-03' },
  ),
  unknown: fc.subarray([...ENTITY_TIMES], { maxLength: 2 }),
};

/** A few conditions: with all of them, hardly a list would have an entity. */
const arbitraryConditions = fc
  .tuple(
    fc.record(conditions),
    fc.subarray(Object.keys(conditions) as (keyof typeof conditions)[], { maxLength: 3 }),
  )
  .map(([all, names]) => Object.fromEntries(names.map((name) => [name, all[name]])) as Partial<EntityQuery>);

const arbitraryPage = fc.record(
  {
    now: aDay,
    order: fc.record({
      field: fc.constantFrom(...ENTITY_ORDER_FIELDS, 'MATCH'),
      direction: fc.constantFrom('ASC', 'DESC'),
    }),
    limit: fc.integer({ min: 1, max: 15 }),
    fromEnd: fc.boolean(),
  },
  { requiredKeys: ['now', 'order', 'limit'] },
);

const arbitraryQuery: fc.Arbitrary<EntityQuery> = fc
  .tuple(arbitraryConditions, arbitraryPage)
  .map(([some, page]) => ({ ...some, ...page }));

/** Follows pages from one end to the other. */
async function walk(store: Store, query: EntityQuery): Promise<string[]> {
  const ids: string[] = [];
  let place: EntityPlace | undefined;
  for (;;) {
    const from = place && (query.fromEnd === true ? { before: place } : { after: place });
    const page = await store.list({ ...query, ...from }, 1);
    const got = page.entities.map(({ id }) => id);
    if (query.fromEnd === true) ids.unshift(...got);
    else ids.push(...got);
    expect(query.fromEnd === true ? page.hasNext : page.hasPrevious).toBe(place !== undefined);
    if (!(query.fromEnd === true ? page.hasPrevious : page.hasNext)) return ids;
    place = query.fromEnd === true ? page.places[0] : page.places.at(-1);
  }
}

/** Pages of entities. */
export function list(open: Open): void {
  describe('lists of entities', () => {
    test(
      'agree with a plain filter and sort, whichever way the pages are walked',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await draft.putSource(sourceOf({ id: 'hr' }));
          await draft.putSource(sourceOf({ id: 'git' }));
          await draft.assignNumbers(AWKWARD);
        });
        const property = fc.asyncProperty(
          arbitraryEntities,
          fc.array(arbitraryQuery, { minLength: 5, maxLength: 5 }),
          async (entities, queries) => {
            const { revision } = await commit(store, (draft) => draft.putEntities(entities));
            for (const query of queries) {
              const expected = listPlainly(entities, { 1: 'hr', 2: 'git' }, query);
              const page = await store.list(query, revision);
              expect(page.total).toBe(expected.length);
              const slice =
                query.fromEnd === true ? expected.slice(-query.limit) : expected.slice(0, query.limit);
              expect(page.entities.map(({ id }) => id)).toEqual(slice);
              expect(await walk({ ...store, list: (asked) => store.list(asked, revision) }, query)).toEqual(
                expected,
              );
            }
          },
        );
        await fc.assert(property, { numRuns: 60 });
      }),
    );

    test(
      'put the best match first: names and addresses before ids, beginnings before middles',
      on(open, async ({ store }) => {
        const human = (number: number, id: string, name: string, email: string | null = null) =>
          entityOf({ number, id, name, properties: { email } });
        const entities = [
          human(1, 'x/ada', 'Somebody'),
          human(2, 'ada/x', 'Somebody else'),
          human(3, 'c', 'Cicada'),
          human(4, 'd', 'Lovelace Ada'),
          human(5, 'e', 'Adam'),
          human(6, 'f', 'Eve', 'ADA@acme.example'),
          human(7, 'g', 'Ada'),
          human(8, 'h', 'Bob'),
        ];
        await commit(store, async (draft) => {
          await draft.assignNumbers(entities.map(({ id }) => id));
          await draft.putEntities(entities);
        });
        const order = { field: 'MATCH', direction: 'ASC' } as const;
        expect(await idList(store, { search: 'Ada', order })).toEqual([
          'g',
          'e',
          'f',
          'd',
          'c',
          'ada/x',
          'x/ada',
        ]);
        expect(await idList(store, { search: 'ada@acme.example', order })).toEqual(['f']);
        // Typed letter by letter, as far as it finds something, and back again.
        for (const [search, count] of [
          ['a', 7],
          ['ad', 7],
          ['ada', 7],
          ['adam', 1],
          ['ada', 7],
          ['adx', 0],
        ] as const) {
          expect(await idList(store, { search, order })).toHaveLength(count);
        }
      }),
    );

    test(
      'order text by its UTF-8 bytes',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, AWKWARD));
        const expected = [...AWKWARD].sort((a, b) => Buffer.compare(Buffer.from(a), Buffer.from(b)));
        expect(await idList(store, {})).toEqual(expected);
        expect(await idList(store, { order: { field: 'NAME', direction: 'DESC' } })).toEqual(
          expected.reverse(),
        );
      }),
    );

    test(
      'keep their places while entities come and go between pages',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, ['b', 'd', 'f', 'h']));
        const first = await store.list({ ...EVERYTHING, limit: 2 }, 1);
        await commit(store, (draft) => putNew(draft, ['a', 'c', 'e', 'g']));
        const after = first.places.at(-1)!;
        expect(await idList(store, { limit: 3, after }, 2)).toEqual(['e', 'f', 'g']);
        expect(await idList(store, { limit: 2, before: after, fromEnd: true }, 2)).toEqual(['b', 'c']);
        expect(await idList(store, { limit: 2, before: after }, 2)).toEqual(['a', 'b']);
        expect(await idList(store, { limit: 2, after, fromEnd: true }, 2)).toEqual(['g', 'h']);
        expect(await idList(store, { limit: 3, after: { value: 'dd', id: 'dd' } }, 2)).toEqual([
          'e',
          'f',
          'g',
        ]);
        expect(await idList(store, { limit: 3, after: { value: 'z', id: 'z' } }, 2)).toEqual([]);
      }),
    );

    test(
      'stand at an old revision as they stood',
      on(open, async ({ store }) => {
        await commit(store, (draft) => putNew(draft, ['a', 'b']));
        await commit(store, (draft) => putNew(draft, ['a', 'c'], { status: 'LEFT' }));
        expect(await idList(store, { live: true }, 1)).toEqual(['a', 'b']);
        expect(await idList(store, { live: true }, 2)).toEqual(['b']);
        expect(await idList(store, { live: false }, 2)).toEqual(['a', 'c']);
      }),
    );

    test(
      'look for part of id, name, external id, email or login, in any case',
      on(open, async ({ store }) => {
        await commit(store, async (draft) => {
          await putNew(draft, ['in-ID-here'], { name: 'n' });
          await putNew(draft, ['b'], { name: 'My Näme' });
          await putNew(draft, ['c'], { name: 'n', externalId: 'Ext-7' });
          await putNew(draft, ['d'], { name: 'n', properties: { email: 'Who@x.example' } });
          await putNew(draft, ['e'], { name: 'n', kind: 'Account', properties: { login: 'Log_In' } });
        });
        const found = (search: string) => idList(store, { search });
        expect(await found('id-HERE')).toEqual(['in-ID-here']);
        expect(await found('NÄME')).toEqual(['b']);
        expect(await found('ext-7')).toEqual(['c']);
        expect(await found('who@')).toEqual(['d']);
        expect(await found('g_i')).toEqual(['e']);
        expect(await found('%')).toEqual([]);
      }),
    );

    test(
      'have 1 to 1,000 rows a page, and one place to begin or end',
      on(open, async ({ store }) => {
        const place = { value: 'a', id: 'a' };
        await refused('BAD_INPUT', store.list({ ...EVERYTHING, limit: 0 }, 0));
        await refused('BAD_INPUT', store.list({ ...EVERYTHING, limit: 1001 }, 0));
        await refused('BAD_INPUT', store.list({ ...EVERYTHING, after: place, before: place }, 0));
      }),
    );
  });
}
