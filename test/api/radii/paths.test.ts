import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

describe('accessPaths', () => {
  test('are the shortest first, step by step', async () => {
    const data = await service.data(`{ accessPaths(from: "hr:cleo", to: "code:repo") {
      length steps { from { id } relationship { type } to { id } } } }`);
    expect(data).toEqual({
      accessPaths: [
        {
          length: 4,
          steps: [
            { from: { id: 'hr:cleo' }, relationship: { type: 'HAS_ACCOUNT' }, to: { id: 'code:cleo' } },
            { from: { id: 'code:cleo' }, relationship: { type: 'ISSUED' }, to: { id: 'code:cleo-key' } },
            {
              from: { id: 'code:cleo-key' },
              relationship: { type: 'CREDENTIAL_OF' },
              to: { id: 'code:runner' },
            },
            { from: { id: 'code:runner' }, relationship: { type: 'CAN_ACCESS' }, to: { id: 'code:repo' } },
          ],
        },
      ],
    });
  });

  test('are as many as asked for, and none where there are none', async () => {
    const data = await service.data(`{
      one: accessPaths(from: "hr:ada", to: "code:ada", limit: 1) { length }
      more: accessPaths(from: "hr:ada", to: "code:app", limit: 10) { length }
      none: accessPaths(from: "hr:bob", to: "code:repo") { length }
    }`);
    expect(at(data, 'one')).toEqual([{ length: 1 }]);
    expect(at(data, 'none')).toEqual([]);
    const asMany = await service.data(
      'query ($limit: Int) { unsaid: accessPaths(from: "hr:ada", to: "code:app") { length } null: accessPaths(from: "hr:ada", to: "code:app", limit: $limit) { length } }',
      { variables: { limit: null } },
    );
    expect(at(asMany, 'null')).toEqual(at(asMany, 'unsaid'));
    expect(await service.code('{ accessPaths(from: "nobody", to: "code:repo") { length } }')).toBe(
      'NOT_FOUND',
    );
    expect(await service.code('{ accessPaths(from: "hr:ada", to: "code:repo", limit: 0) { length } }')).toBe(
      'BAD_INPUT',
    );
  });
});

describe('whoCanReach', () => {
  test('gives humans with their level on the target, and the path to it', async () => {
    const data = await service.data(`{ whoCanReach(entity: "code:repo") {
      totalCount nodes { entity { id } permission held distance path { to { id } } } } }`);
    expect(data).toEqual({
      whoCanReach: {
        totalCount: 2,
        nodes: [
          {
            entity: { id: 'hr:cleo' },
            permission: 'ADMIN',
            held: null,
            distance: 4,
            path: ['code:cleo', 'code:cleo-key', 'code:runner', 'code:repo'].map((id) => ({ to: { id } })),
          },
          {
            entity: { id: 'hr:ada' },
            permission: 'WRITE',
            held: null,
            distance: 2,
            path: [{ to: { id: 'code:ada' } }, { to: { id: 'code:repo' } }],
          },
        ],
      },
    });
  });

  test('says of a principal whether it is held, and pages', async () => {
    const first = await service.data(
      `{ whoCanReach(entity: "code:ada") { nodes { entity { id } held permission } } }`,
    );
    expect(at(first, 'whoCanReach.nodes')).toEqual([
      { entity: { id: 'hr:ada' }, held: true, permission: null },
    ]);
    const page = await service.data(
      '{ whoCanReach(entity: "code:repo", first: 1) { pageInfo { endCursor } } }',
    );
    const after = at(page, 'whoCanReach.pageInfo.endCursor');
    const rest = await service.data(
      `{ whoCanReach(entity: "code:repo", after: "${after}") { nodes { entity { id } } } }`,
    );
    expect(at(rest, 'whoCanReach.nodes')).toEqual([{ entity: { id: 'hr:ada' } }]);
    expect(await service.code('{ whoCanReach(entity: "nobody") { totalCount } }')).toBe('NOT_FOUND');
  });
});
