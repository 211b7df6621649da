import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR, many } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
/** The moments at which each state was recorded. */
const T = ['2026-06-01T12:00:00.000Z', '2026-06-01T13:00:00.000Z', '2026-06-01T14:00:00.000Z'] as const;
const NOW = '2026-06-01T15:00:00.000Z';

/** Later Ada's team may write, her old token is gone and she has a new one; the app has another name. */
const LATER = {
  ...CODE,
  source: { ...CODE.source, syncedAt: '2026-01-02T00:00:00.000Z' },
  entities: [
    ...CODE.entities
      .filter(({ id }) => id !== 'code:mate')
      .map((entity) => {
        if (entity.id === 'code:app') return { ...entity, name: 'Release robot' };
        return entity.id === 'code:job' ? { ...entity, lastUsedAt: '2026-01-01T00:00:00.000Z' } : entity;
      }),
    { kind: 'Token', id: 'code:new', name: 'new', tokenType: 'API_KEY' },
  ],
  relationships: [
    ...CODE.relationships.map((relationship) =>
      relationship.to === 'code:docs' ? { ...relationship, permission: 'WRITE' } : relationship,
    ),
    { type: 'ISSUED', from: 'code:ada', to: 'code:new' },
  ],
};

beforeAll(async () => {
  service = await TestService.start({});
  await service.import(HR, T[0]);
  await service.import(CODE, T[1]);
  await service.import(LATER, T[2]);
  Object.assign(service.tendril.clock, { now: () => Date.parse(NOW) });
});
afterAll(() => service.stop());

const changes = async (
  asked: string,
  fields = 'kind entity { id } relationship { type from { id } to { id } permission }',
) => at(await service.data(`{ changes(${asked}) { nodes { ${fields} } } }`), 'changes.nodes');

describe('changes', () => {
  test('tell what is new, gone and changed, and not what was merely used', async () => {
    expect(await changes(`since: "${T[1]}"`, 'kind entity { id } fields { field before after }')).toEqual(
      expect.arrayContaining([
        {
          kind: 'CHANGED',
          entity: { id: 'code:app' },
          fields: [{ field: 'name', before: 'Release bot', after: 'Release robot' }],
        },
        {
          kind: 'GONE',
          entity: { id: 'code:mate' },
          fields: [{ field: 'status', before: 'ACTIVE', after: 'REVOKED' }],
        },
        { kind: 'NEW', entity: { id: 'code:new' }, fields: [] },
      ]),
    );
    const access = { from: { id: 'code:team' }, to: { id: 'code:docs' } };
    expect(await changes(`since: "${T[1]}"`)).toEqual([
      { kind: 'CHANGED', entity: { id: 'code:app' }, relationship: null },
      { kind: 'GONE', entity: { id: 'code:mate' }, relationship: null },
      { kind: 'NEW', entity: { id: 'code:new' }, relationship: null },
      { kind: 'GONE', entity: null, relationship: { type: 'CAN_ACCESS', ...access, permission: 'READ' } },
      { kind: 'NEW', entity: null, relationship: { type: 'CAN_ACCESS', ...access, permission: 'WRITE' } },
      {
        kind: 'NEW',
        entity: null,
        relationship: { type: 'ISSUED', from: { id: 'code:ada' }, to: { id: 'code:new' }, permission: null },
      },
    ]);
  });

  test('are of the two moments, and come in pages', async () => {
    expect(await changes(`since: "2020-01-01", until: "${T[0]}"`, 'kind')).toHaveLength(6);
    const first = await service.data(
      `{ changes(since: "${T[1]}", first: 4) { totalCount pageInfo { endCursor } } }`,
    );
    const cursor = at(first, 'changes.pageInfo.endCursor');
    expect(at(first, 'changes.totalCount')).toBe(6);
    expect(await changes(`since: "${T[1]}", after: "${cursor}"`, 'kind')).toHaveLength(2);
    expect(await changes(`since: "${T[2]}"`)).toEqual([]);
  });

  test('of a person tell what they gained and lost, each with the way', async () => {
    const fields = 'kind entity { id } before { permission } after { permission path { to { id } } }';
    const of = (asked: string) => changes(`human: "ada@acme.example", ${asked}`, fields);
    expect(await of(`since: "${T[1]}"`)).toEqual([
      {
        kind: 'GAINED',
        entity: { id: 'code:new' },
        before: null,
        after: { permission: null, path: [{ to: { id: 'code:ada' } }, { to: { id: 'code:new' } }] },
      },
      {
        kind: 'RAISED',
        entity: { id: 'code:docs' },
        before: { permission: 'READ' },
        after: {
          permission: 'WRITE',
          path: [{ to: { id: 'code:ada' } }, { to: { id: 'code:team' } }, { to: { id: 'code:docs' } }],
        },
      },
    ]);
    const all = (await of('since: "2020-01-01"')) as { kind: string }[];
    expect(all).toHaveLength(9);
    expect(all.every(({ kind }) => kind === 'GAINED')).toBe(true);
  });

  test('tell what was taken back with its source as gone', async () => {
    const one = await TestService.start({});
    try {
      await one.import(HR, T[0]);
      await one.import(CODE, T[1]);
      Object.assign(one.tendril.clock, { now: () => Date.parse(NOW) });
      const remove =
        'mutation { removeSource(input: { source: "code:acme", reason: "a trial" }) { revision } }';
      await one.data(remove, { role: 'ADMIN' });
      const later = '2026-06-01T16:00:00.000Z';
      Object.assign(one.tendril.clock, { now: () => Date.parse(later) });
      const query = `{ changes(since: "${T[1]}") { nodes {
        kind entity { id source { id } } relationship { type from { id } to { id } } } } }`;
      const found = at(await one.data(query), 'changes.nodes') as readonly {
        readonly kind: string;
        readonly entity: { readonly id: string } | null;
        readonly relationship: { readonly type: string; readonly from: { readonly id: string } } | null;
      }[];
      expect(new Set(found.map(({ kind }) => kind))).toEqual(new Set(['GONE']));
      const live = CODE.entities.filter((entity) => !('status' in entity) || entity.status === 'ACTIVE');
      expect(found.flatMap(({ entity }) => entity?.id ?? [])).toEqual(live.map(({ id }) => id).sort());
      expect(found.filter(({ relationship }) => relationship !== null)).toHaveLength(
        CODE.relationships.length,
      );
    } finally {
      await one.stop();
    }
  });

  test('say what is wrong with the moments, and when there are too many', async () => {
    expect(await service.code(`{ changes(since: "2027-01-01") { totalCount } }`)).toBe('BAD_INPUT');
    expect(await service.code(`{ changes(since: "2020-01-01", human: "nobody") { totalCount } }`)).toBe(
      'NOT_FOUND',
    );
    const small = await TestService.start({ limits: { changedRows: 10 } }, [HR, CODE, many(20)]);
    try {
      expect(await small.code(`{ changes(since: "2020-01-01") { totalCount } }`)).toBe('LIMIT_EXCEEDED');
    } finally {
      await small.stop();
    }
  });
});
