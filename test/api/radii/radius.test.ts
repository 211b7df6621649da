import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

const radius = async (fields: string, human = 'hr:ada') =>
  at(await service.data(`{ blastRadius(human: "${human}") { ${fields} } }`), 'blastRadius');

const ids = (connection: unknown, path = 'nodes') =>
  (at(connection, path) as { entity: { id: string } }[]).map(({ entity }) => entity.id);

describe('whom a radius is asked of', () => {
  test('a human by id or email, or an account by id', async () => {
    const data = await service.data(`{
      id: blastRadius(human: "hr:ada") { start { id } human { email } }
      email: blastRadius(human: "ADA@acme.example") { start { id } }
      account: blastRadius(human: "code:ada") { start { id kind } human { id } }
    }`);
    expect(data).toEqual({
      id: { start: { id: 'hr:ada' }, human: { email: 'Ada@acme.example' } },
      email: { start: { id: 'hr:ada' } },
      account: { start: { id: 'code:ada', kind: 'ACCOUNT' }, human: null },
    });
  });

  test('nobody else', async () => {
    expect(await service.code('{ blastRadius(human: "nobody") { revision } }')).toBe('NOT_FOUND');
    expect(await service.code('{ blastRadius(human: "code:repo") { revision } }')).toBe('BAD_INPUT');
    expect(await service.code('{ blastRadius(human: "twice@acme.example") { revision } }')).toBe('BAD_INPUT');
  });
});

describe('what a radius says', () => {
  test('of itself: the state, the moment, how much it knows', async () => {
    const fields = `asOf revision complete incompleteBecause
      coverage { source { id } entities stale lastSync } blindSpots { account { id } source { id } missing }`;
    expect(await radius(fields)).toEqual({
      asOf: '2026-06-01T12:00:00.000Z',
      revision: '2',
      complete: true,
      incompleteBecause: null,
      coverage: [
        { source: { id: 'code:acme' }, entities: 13, stale: true, lastSync: '2026-01-01T00:00:00.000Z' },
        { source: { id: 'hr:acme' }, entities: 5, stale: true, lastSync: '2026-01-01T00:00:00.000Z' },
      ],
      blindSpots: [],
    });
  });

  test('of exposure: levels, distance and the path of each', async () => {
    const row = 'distance permission held path { from { id } relationship { type to { id } } to { id } }';
    const exposure = at(await radius(`exposure { totalCount nodes { entity { id } ${row} } }`), 'exposure');
    expect(ids(exposure)).toEqual([
      'code:ada',
      'code:grant',
      'code:job',
      'code:repo',
      'code:team',
      'code:token',
      'code:docs',
      'code:secret',
    ]);
    expect(at(exposure, 'nodes.0')).toEqual({
      entity: { id: 'code:ada' },
      distance: 1,
      permission: null,
      held: true,
      path: [
        {
          from: { id: 'hr:ada' },
          relationship: { type: 'HAS_ACCOUNT', to: { id: 'code:ada' } },
          to: { id: 'code:ada' },
        },
      ],
    });
    const repo = (at(exposure, 'nodes') as { entity: { id: string } }[]).find(
      ({ entity }) => entity.id === 'code:repo',
    );
    expect(repo).toMatchObject({ distance: 2, permission: 'WRITE', held: null });
  });

  test('of exposure, filtered and in another order', async () => {
    const some = async (args: string) =>
      ids(at(await radius(`exposure(${args}) { nodes { entity { id } } }`), 'exposure'));
    expect(
      await some('filter: { kinds: [RESOURCE] }, orderBy: { field: SENSITIVITY, direction: DESC }'),
    ).toEqual(['code:repo', 'code:docs']);
    expect(await some('filter: { permissions: [WRITE] }')).toEqual(['code:repo']);
    expect(await some('filter: { held: true, kinds: [ACCOUNT] }')).toEqual(['code:ada']);
    expect(await some('filter: { sensitivities: [HIGH] }')).toEqual(['code:repo']);
    expect(await some('filter: { search: "NIGHTLY" }')).toEqual(['code:job']);
    expect(await some('filter: { live: false }')).toEqual([]);
    expect(await some('filter: { kinds: [GRANT, JOB] }, orderBy: { field: NAME }')).toEqual([
      'code:grant',
      'code:job',
    ]);
    expect((await some('orderBy: { field: KIND }'))[0]).toBe('code:ada');
  });

  test('of what stands on them, what they leave behind, and what must end', async () => {
    const data = await radius(`
      continuity { nodes { entity { id } path { to { id } } } }
      orphans { nodes { entity { id } } }
      cut { edges { foreign node { entity { id } viaFamilyOf { id } permission held } } }
      conflicts { nodes { entity { id } resolution workloads { id } path { to { id } } } }
      summary { byKind { kind count } bySensitivity { sensitivity count } highestPermission }`);
    expect(ids(at(data, 'continuity'))).toEqual(['code:job']);
    expect(ids(at(data, 'orphans')).sort()).toEqual(['code:app', 'code:job']);
    expect(at(data, 'cut.edges')).toEqual(
      expect.arrayContaining([
        {
          foreign: false,
          node: { entity: { id: 'code:token' }, viaFamilyOf: null, permission: null, held: null },
        },
        {
          foreign: true,
          node: {
            entity: { id: 'code:mate' },
            viaFamilyOf: { id: 'code:token' },
            permission: null,
            held: null,
          },
        },
      ]),
    );
    expect(at(data, 'conflicts.nodes')).toEqual([
      {
        entity: { id: 'code:secret' },
        resolution: 'REHOME',
        workloads: [{ id: 'code:job' }],
        path: expect.arrayContaining([{ to: { id: 'code:secret' } }]),
      },
    ]);
    expect(at(data, 'summary.highestPermission')).toBe('WRITE');
    expect(at(data, 'summary.bySensitivity')).toEqual([
      { sensitivity: 'HIGH', count: 1 },
      { sensitivity: null, count: 1 },
    ]);
  });

  test('says that edges outside a cut know nothing of foreign', async () => {
    const data = await radius('exposure(first: 1) { edges { foreign } }');
    expect(at(data, 'exposure.edges')).toEqual([{ foreign: null }]);
  });
});
