import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR, many } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE, many(30)]);
});
afterAll(() => service.stop());

/** Every list there is: how a page is asked for, where it lies in the answer, and what tells rows apart. */
const LISTS = [
  ['entities', (args: string) => `{ list: entities(${args}) { ${page('id')} } }`, ''],
  [
    'entities by name',
    (args: string) => `{ list: entities(${args}, orderBy: { field: NAME }) { ${page('id')} } }`,
    '',
  ],
  [
    'relationships',
    (args: string) =>
      `{ in: entity(id: "code:ada") { list: relationships(${args}) { ${page('type to { id }')} } } }`,
    'in.',
  ],
  [
    'exposure',
    (args: string) =>
      `{ in: blastRadius(human: "hr:ada") { list: exposure(${args}) { ${page('entity { id }')} } } }`,
    'in.',
  ],
  [
    'exposure by permission',
    (args: string) =>
      `{ in: blastRadius(human: "hr:ada") { list: exposure(${args}, orderBy: { field: PERMISSION, direction: DESC })
         { ${page('entity { id }')} } } }`,
    'in.',
  ],
  ['unowned', (args: string) => `{ list: unowned(${args}) { ${page('id')} } }`, ''],
] as const;

function page(node: string): string {
  return `totalCount edges { cursor node { ${node} } } pageInfo { hasNextPage endCursor }`;
}

async function walk(ask: (args: string) => string, at0: string, size: number): Promise<string[]> {
  const rows: string[] = [];
  let after = '';
  for (;;) {
    const list = at(await service.data(ask(`first: ${size}${after}`)), `${at0}list`);
    for (const edge of at(list, 'edges') as { node: unknown }[]) rows.push(JSON.stringify(edge.node));
    if (at(list, 'pageInfo.hasNextPage') !== true) return rows;
    after = `, after: "${at(list, 'pageInfo.endCursor')}"`;
  }
}

describe('pages', () => {
  test.each(LISTS)(
    'of %s give every row once, in one order, whatever their size',
    async (_name, ask, path) => {
      const whole = await walk(ask, path, 1000);
      expect(whole.length).toBeGreaterThan(8);
      expect(new Set(whole).size).toBe(whole.length);
      expect(await walk(ask, path, 4)).toEqual(whole);
      expect(at(await service.data(ask('first: 0')), `${path}list`)).toMatchObject({
        totalCount: whole.length,
        edges: [],
      });
    },
  );

  test('go backwards over stored lists', async () => {
    const ask = '{ entities(last: 2) { nodes { id } pageInfo { hasPreviousPage hasNextPage startCursor } } }';
    const last = at(await service.data(ask), 'entities');
    expect(last).toMatchObject({
      nodes: [{ id: 'many:00028' }, { id: 'many:00029' }],
      pageInfo: { hasPreviousPage: true, hasNextPage: false },
    });
    const cursor = at(last, 'pageInfo.startCursor');
    const before = await service.data(`{ entities(last: 1, before: "${cursor}") { nodes { id } } }`);
    expect(before).toEqual({ entities: { nodes: [{ id: 'many:00027' }] } });
  });

  test('refuse what is no page', async () => {
    const codes = await Promise.all(
      [
        '{ entities(first: 1, last: 1) { totalCount } }',
        '{ entities(first: -1) { totalCount } }',
        '{ entities(last: 1, after: "x") { totalCount } }',
        '{ entities(after: "x") { totalCount } }',
        '{ entities(after: "WzFd") { totalCount } }',
        '{ unowned(after: "not a cursor") { totalCount } }',
      ].map((query) => service.code(query)),
    );
    expect(codes).toEqual(codes.map(() => 'BAD_INPUT'));
    const cursor = at(
      await service.data('{ entities { pageInfo { startCursor } } }'),
      'entities.pageInfo.startCursor',
    );
    expect(await service.code(`{ unowned(after: "${cursor}") { totalCount } }`)).toBe('BAD_INPUT');
    const other = `{ entities(after: "${cursor}", orderBy: { field: NAME }) { totalCount } }`;
    expect(await service.code(other)).toBe('BAD_INPUT');
  });
});

describe('a cursor survives writes between pages', () => {
  test.each([
    [
      'entities',
      '{ list: entities(first: 3, AFTER filter: { kinds: [RESOURCE] }) { nodes { id } pageInfo { endCursor } } }',
      '',
    ],
    [
      'exposure',
      '{ in: blastRadius(human: "hr:ada") { list: exposure(first: 3, AFTER filter: { kinds: [RESOURCE] }) { nodes { id: entity { id } } pageInfo { endCursor } } } }',
      'in.',
    ],
  ])('in %s', async (_name, query, path) => {
    const running = await TestService.start({}, [HR, CODE, many(6)]);
    try {
      const ids = (data: unknown) => JSON.stringify(at(data, `${path}list.nodes`));
      const first = await running.data(query.replace('AFTER', ''));
      const cursor = at(first, `${path}list.pageInfo.endCursor`);
      // A row that comes after the place, and the end of the row that the cursor stands on.
      const [, , last] = [...ids(first).matchAll(/"((?:code|many):\w+)"/g)].map(([, id]) => id);
      await running.import({
        source: {
          id: last?.startsWith('code:') ? 'code:acme' : 'many:acme',
          syncedAt: '2026-02-01T00:00:00.000Z',
        },
        mode: 'delta',
        entities: [
          { kind: 'Resource', id: last, name: 'gone', ended: true },
          { kind: 'Resource', id: 'zzz:new', name: 'late' },
        ],
        relationships: [{ type: 'CAN_ACCESS', from: 'code:ada', to: 'zzz:new', permission: 'READ' }],
      });
      const rest: string[] = [];
      let after = cursor;
      for (let turn = 0; turn < 10 && after !== null; turn += 1) {
        const next = await running.data(query.replace('AFTER', `after: "${after}",`));
        rest.push(ids(next));
        after = at(next, `${path}list.pageInfo.endCursor`) ?? null;
      }
      const all = rest.join('') + ids(first);
      expect(all.match(/zzz:new/g)).toHaveLength(1);
      expect(all.match(/many:0000\d/g)).toHaveLength(6);
      expect(all.match(/code:(repo|docs)/g)).toHaveLength(2);
    } finally {
      await running.stop();
    }
  });
});
