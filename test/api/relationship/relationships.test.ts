import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

describe('relationships of an entity', () => {
  const of = async (args: string) => {
    const data = await service.data(
      `{ entity(id: "code:ada") { relationships${args} { totalCount nodes { type from { id } to { id } } } } }`,
    );
    const nodes = at(data, 'entity.relationships.nodes') as { type: string; to: { id: string } }[];
    return nodes.map(({ type, to }) => `${type} ${to.id}`);
  };

  test('come by type, then direction, then the other end', async () => {
    expect(await of('')).toEqual([
      'HAS_ACCOUNT code:ada',
      'MEMBER_OF code:team',
      'OWNS code:job',
      'GRANTED code:grant',
      'ISSUED code:token',
      'CREDENTIAL_OF code:ada',
      'CAN_ACCESS code:repo',
    ]);
  });

  test('are filtered by direction and type', async () => {
    expect(await of('(direction: IN)')).toEqual(['HAS_ACCOUNT code:ada', 'CREDENTIAL_OF code:ada']);
    expect(await of('(direction: OUT, types: [ISSUED, GRANTED])')).toEqual([
      'GRANTED code:grant',
      'ISSUED code:token',
    ]);
  });

  test('are paged from both ends', async () => {
    const page = async (args: string) =>
      at(
        await service.data(`{ entity(id: "code:ada") { relationships(${args}) {
          edges { cursor node { type } } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`),
        'entity.relationships',
      );
    const first = await page('first: 3');
    expect(at(first, 'pageInfo.hasNextPage')).toBe(true);
    const second = await page(`first: 3, after: "${at(first, 'pageInfo.endCursor')}"`);
    expect(at(second, 'edges.0.node.type')).toBe('GRANTED');
    const back = await page(`last: 2, before: "${at(second, 'pageInfo.startCursor')}"`);
    expect(at(back, 'edges.0.node.type')).toBe('MEMBER_OF');
    expect(at(back, 'edges.1.node.type')).toBe('OWNS');
  });

  test('have the properties of their type, and null for those it has not', async () => {
    const data = await service.data(`{
      access: entity(id: "code:repo") { relationships(types: [CAN_ACCESS], first: 1) { nodes { permission scopes
        needs required access how lastReadAt evidence startedAt endedAt sources { id } } } }
      owned: entity(id: "code:app") { relationships(types: [OWNS]) { nodes { access permission } } owners { nodes { id } } }
      used: entity(id: "code:job") { relationships(types: [USES]) { nodes { required } } }
    }`);
    expect(at(data, 'access.relationships.nodes.0')).toEqual({
      permission: 'WRITE',
      scopes: [],
      needs: null,
      required: null,
      access: null,
      how: null,
      lastReadAt: null,
      evidence: null,
      startedAt: '2026-01-01T00:00:00.000Z',
      endedAt: null,
      sources: [{ id: 'code:acme' }],
    });
    expect(at(data, 'owned.relationships.nodes.0')).toEqual({ access: false, permission: null });
    expect(at(data, 'owned.owners.nodes')).toEqual([{ id: 'hr:ada' }]);
    expect(at(data, 'used.relationships.nodes.0')).toEqual({ required: true });
  });
});
