import { describe, expect, test } from '@jest/globals';
import type { Store } from '../../../src/store/store.js';
import { CODE, HR, many } from '../company.js';
import { at, TestService } from '../service.js';

/** Counts every call of the store, by name. */
function counting() {
  const calls: string[] = [];
  const around = (store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          calls.push(String(name));
          return value.apply(target, args);
        };
      },
    });
  return { calls, around };
}

/** A service that asks its store nothing of its own accord: it hears of no other instance's commits. */
async function quiet(...started: Parameters<typeof TestService.start>): Promise<TestService> {
  const service = await TestService.start(...started);
  await service.tendril.follower.stop();
  // The graph is loaded once, and what is asked about everybody is worked out once.
  const { revision } = await service.tendril.store.head();
  const headers = { 'tendril-at-least-revision': String(revision) };
  await service.data('{ overview { revision } }', { headers });
  await service.tendril.aggregates.stop();
  return service;
}

const numbers = Array.from({ length: 1000 }, (_, at) => String(at).padStart(4, '0'));
const AT = '2026-01-01T00:00:00.000Z';

/** Somebody from whom every radius is wide, and a thousand others who left and still reach one repository. */
const WIDE = {
  source: { id: 'wide:acme', syncedAt: AT },
  mode: 'full',
  entities: [
    { kind: 'Human', id: 'wide:h', name: 'Wide' },
    { kind: 'Account', id: 'wide:a', name: 'wide' },
    { kind: 'Resource', id: 'wide:shared', name: 'shared' },
    { kind: 'Group', id: 'wide:all', name: 'all' },
    ...numbers.flatMap((n) => [
      { kind: 'Token', id: `wide:t${n}`, name: `t${n}` },
      { kind: 'Secret', id: `wide:s${n}`, name: `s${n}` },
      { kind: 'Job', id: `wide:j${n}`, name: `j${n}` },
      { kind: 'Human', id: `wide:h${n}`, name: `h${n}`, status: 'LEFT' },
      { kind: 'Account', id: `wide:a${n}`, name: `a${n}` },
    ]),
    ...numbers.slice(0, 50).map((n) => ({ kind: 'Group', id: `wide:g${n}`, name: `g${n}` })),
  ],
  relationships: [
    { type: 'HAS_ACCOUNT', from: 'wide:h', to: 'wide:a' },
    { type: 'CAN_ACCESS', from: 'wide:all', to: 'wide:shared', permission: 'READ' },
    ...numbers.flatMap((n) => [
      { type: 'ISSUED', from: 'wide:a', to: `wide:t${n}` },
      { type: 'STORED_IN', from: `wide:t${n}`, to: `wide:s${n}` },
      { type: 'USES', from: `wide:j${n}`, to: `wide:s${n}` },
      { type: 'OWNS', from: 'wide:a', to: `wide:j${n}` },
      { type: 'HAS_ACCOUNT', from: `wide:h${n}`, to: `wide:a${n}` },
      { type: 'MEMBER_OF', from: `wide:a${n}`, to: 'wide:all' },
    ]),
    ...numbers.slice(0, 50).flatMap((n) => [
      { type: 'MEMBER_OF', from: 'wide:a', to: `wide:g${n}` },
      { type: 'CAN_ACCESS', from: `wide:g${n}`, to: 'wide:shared', permission: 'READ' },
    ]),
  ],
};

/** Accounts that no human has. */
const UNLINKED = {
  source: { id: 'alone:acme', syncedAt: AT },
  mode: 'full',
  entities: numbers.map((n) => ({ kind: 'Account', id: `alone:a${n}`, name: n, createdAt: '2025-01-01' })),
  relationships: [],
};

/** Jobs that do not work, and jobs that will not, all by keys. */
const BROKEN = {
  source: { id: 'broken:acme', syncedAt: AT },
  mode: 'full',
  entities: numbers.flatMap((n) => [
    { kind: 'Job', id: `broken:j${n}`, name: n },
    Number(n) % 2 === 0
      ? { kind: 'Token', id: `broken:t${n}`, name: n, status: 'REVOKED' }
      : { kind: 'Token', id: `broken:t${n}`, name: n, expiresAt: '2027-01-01T00:00:00.000Z' },
  ]),
  relationships: numbers.map((n) => ({ type: 'USES', from: `broken:j${n}`, to: `broken:t${n}` })),
};

/** Sources in one of which somebody has an account: none of them says what it looks for. */
const several = (person: string, count: number) => [
  {
    source: { id: `hr:${person}`, syncedAt: AT },
    mode: 'full',
    entities: [{ kind: 'Human', id: `hr:${person}`, name: person }],
    relationships: [],
  },
  ...numbers.slice(0, count).map((n) => ({
    source: { id: `${person}:${n}`, syncedAt: AT },
    mode: 'full',
    entities: [{ kind: 'Account', id: `${person}:${n}`, name: n }],
    relationships: [{ type: 'HAS_ACCOUNT', from: `hr:${person}`, to: `${person}:${n}` }],
  })),
];

const ROW = `fragment Row on Entity { id name source { id } owners(first: 5) { nodes { name } }
  relationships(first: 5) { totalCount nodes { sources { id } from { name } to { name } } } }`;
const PATH = 'path { from { name } to { name } relationship { sources { id } } }';

interface Listing {
  readonly query: string;
  /** Where the rows are. */
  readonly path: string;
  readonly snapshots: readonly unknown[];
  /** How many rows are asked for. */
  readonly few: number;
  readonly many: number;
}

const listing = (
  path: string,
  query: string,
  snapshots: readonly unknown[] = [WIDE],
  many = 1000,
): Listing => ({
  path,
  query,
  snapshots,
  few: 10,
  many,
});

const ofWide = (radius: string, fields: string) =>
  listing(
    `in.${radius}.nodes`,
    `query ($n: Int) { in: blastRadius(human: "wide:h") { ${radius}(first: $n) { nodes { ${fields} } } } } ${ROW}`,
  );
const COMPANY = [HR, CODE, many(1000)];

/** Asks for everything that a row can lead to. */
const QUERIES: Readonly<Record<string, Listing>> = {
  entities: listing(
    'rows.nodes',
    `query ($n: Int) { rows: entities(first: $n, filter: { search: "many:" }) { nodes {
    id source { id } owners { nodes { name } }
    relationships { nodes { sources { id } from { name source { id } } to { id relationships { totalCount } } } } } } }`,
    COMPANY,
  ),
  exposure: listing(
    'in.rows.nodes',
    `query ($n: Int) { in: blastRadius(human: "hr:ada") {
    rows: exposure(first: $n, filter: { search: "many:" }) { nodes {
      entity { id source { id } owners { totalCount } } viaFamilyOf { id }
      path { from { name } to { name } relationship { sources { id } from { id } to { id } } } } } } }`,
    COMPANY,
  ),
  unowned: listing(
    'rows.nodes',
    'query ($n: Int) { rows: unowned(first: $n) { nodes { id name source { id } relationships { totalCount } } } }',
    COMPANY,
  ),
  broken: listing(
    'rows.nodes',
    `query ($n: Int) { rows: broken(first: $n) { nodes { id source { id } working brokenBy { steps { from { id } relationship { sources { id } } to { id } } }
      stopsBy { steps { from { id } relationship { sources { id } } to { id } } } } } }`,
    [BROKEN],
  ),
  unlinkedAccounts: listing(
    'rows.nodes',
    'query ($n: Int) { rows: unlinkedAccounts(first: $n) { nodes { id source { id } relationships { totalCount } } } }',
    [UNLINKED],
  ),
  'entities of unknown times': listing(
    'rows.nodes',
    `query ($n: Int) { rows: entities(first: $n, filter: { kinds: [ACCOUNT], createdBefore: "2026-01-01" }) {
    leftOut { time count } nodes { id source { id } } } }`,
    [UNLINKED],
  ),
  search: listing(
    'rows',
    'query ($n: Int) { rows: search(text: "a", first: $n) { match entity { id source { id } } } }',
    [UNLINKED],
  ),
  changes: listing(
    'rows.nodes',
    `query ($n: Int) { rows: changes(since: "2020-01-01", first: $n) { nodes {
    kind entity { id source { id } } relationship { from { id } to { id } } fields { field } } } }`,
    [UNLINKED],
  ),
  continuity: ofWide('continuity', `entity { ...Row } ${PATH}`),
  orphans: ofWide('orphans', `entity { ...Row } ${PATH}`),
  cut: ofWide('cut', `entity { ...Row } ${PATH}`),
  conflicts: ofWide('conflicts', 'entity { ...Row } resolution workloads { ...Row }'),
  whoCanReach: listing(
    'rows.nodes',
    `query ($n: Int) { rows: whoCanReach(entity: "wide:shared", first: $n) { nodes { entity { ...Row } ${PATH} } } } ${ROW}`,
  ),
  exposureRanking: listing(
    'rows.nodes',
    `query ($n: Int) { rows: exposureRanking(first: $n) { nodes { exposed continuity orphans human { ...Row } } } } ${ROW}`,
  ),
  lingeringAccess: listing(
    'rows.nodes',
    `query ($n: Int) { rows: lingeringAccess(first: $n) { nodes { exposed human { ...Row } } } } ${ROW}`,
  ),
  accessPaths: listing(
    'rows',
    'query ($n: Int!) { rows: accessPaths(from: "wide:h", to: "wide:shared", limit: $n) { steps { from { name source { id } } to { name } relationship { sources { id } } } } }',
    [WIDE],
    50,
  ),
};

describe('the number of store calls does not grow with the rows', () => {
  test.each(Object.entries(QUERIES))('of %s', async (_name, { query, path, snapshots, few, many: lots }) => {
    const { calls, around } = counting();
    const service = await quiet({ around, limits: { cost: 1e9 } }, snapshots);
    try {
      const ask = async (n: number) => {
        calls.length = 0;
        const rows = at(await service.data(query, { variables: { n } }), path) as unknown[];
        expect(rows).toHaveLength(n);
        return [...calls].sort();
      };
      const called = await ask(few);
      expect(called.length).toBeGreaterThan(2);
      expect(await ask(lots)).toEqual(called);
    } finally {
      await service.stop();
    }
  });

  test('of what a gateway asks for', async () => {
    const { calls, around } = counting();
    const service = await quiet({ around, limits: { cost: 1e9 } }, [WIDE], null, { federation: true });
    try {
      const ask = async (count: number) => {
        calls.length = 0;
        const representations = numbers
          .slice(0, count)
          .map((n) => ({ __typename: 'Token', id: `wide:t${n}` }));
        const query = `query ($r: [_Any!]!) { rows: _entities(representations: $r) { ...Row } } ${ROW}`;
        const rows = at(
          await service.data(query, { variables: { r: representations } }),
          'rows',
        ) as unknown[];
        expect(rows.map((row) => at(row, 'id'))).toEqual(representations.map(({ id }) => id));
        return [...calls].sort();
      };
      const called = await ask(10);
      expect(called.length).toBeGreaterThan(2);
      expect(await ask(1000)).toEqual(called);
    } finally {
      await service.stop();
    }
  });

  test.each([
    ['coverage', 'source { id } entities lastSync stale', 36],
    ['blindSpots', `account { ...Row } source { id } missing`, 30],
  ])('of %s', async (field, fields, most) => {
    const { calls, around } = counting();
    const service = await quiet({ around }, [...several('few', 4), ...several('many', 30)]);
    try {
      const fragment = fields.includes('...Row') ? ROW : '';
      const ask = async (person: string) => {
        calls.length = 0;
        const query = `{ in: blastRadius(human: "hr:${person}") { ${field} { ${fields} } } } ${fragment}`;
        return { rows: at(await service.data(query), `in.${field}`) as unknown[], called: [...calls].sort() };
      };
      const [few, lots] = [await ask('few'), await ask('many')];
      expect(lots.rows).toHaveLength(most);
      expect(lots.called).toEqual(few.called);
      // However many rows: no call is made for each of them.
      expect(lots.called.length).toBeLessThan(10);
    } finally {
      await service.stop();
    }
  });
});
