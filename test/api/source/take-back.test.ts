import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Role } from '../../../src/model/roles.js';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeEach(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterEach(() => service.stop());

const FIELDS =
  'revision sources goneEntities goneRelationships changedEntities changedRelationships offboardings';

const takeBack = (mutation: 'removeSource' | 'revertImport', input: object, role: Role) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { it: ${mutation}(input: $input) { ${FIELDS} } }`;
  return service.ask(query, { role, variables: { input: { reason: 'the wrong file', ...input } } });
};
const importing = (snapshot: object) =>
  service.data('mutation ($input: ImportSnapshotInput!) { importSnapshot(input: $input) { revision } }', {
    role: 'IMPORTER',
    variables: { input: { snapshot } },
  });
const plan = async (human: string) => {
  const query = `mutation { it: planOffboarding(input: { human: "${human}", reason: "leaves" }) { offboarding { id } } }`;
  return String(at(await service.data(query, { role: 'PLANNER' }), 'it.offboarding.id'));
};

describe('removing a source', () => {
  test('takes it out of every list, count and radius, while the past stays', async () => {
    const query = `query ($asOf: DateTime) { entities(asOf: $asOf) { totalCount } entity(id: "code:ada", asOf: $asOf) { id }
      blastRadius(human: "hr:ada", asOf: $asOf) { exposure { totalCount } coverage { source { id } } } }`;
    const before = await service.data(query);
    expect(at(before, 'blastRadius.exposure.totalCount')).toBeGreaterThan(0);
    const counted = await takeBack('removeSource', { source: 'code:acme', dryRun: true }, 'ADMIN');
    expect(at(counted.data, 'it')).toMatchObject({
      goneEntities: CODE.entities.length,
      sources: ['code:acme'],
    });
    const gone = await takeBack('removeSource', { source: 'code:acme' }, 'ADMIN');
    expect(at(gone.data, 'it.goneEntities')).toBe(CODE.entities.length);
    expect(await service.data(query)).toEqual({
      entities: { totalCount: HR.entities.length },
      entity: null,
      blastRadius: { exposure: { totalCount: 0 }, coverage: [{ source: { id: 'hr:acme' } }] },
    });
    const overview = await service.data(
      '{ overview { bySource { source { id } entities } } sources { id } }',
    );
    expect(JSON.stringify(overview)).not.toContain('code:acme');
    const events = await service.data(
      '{ auditEvents(filter: { types: ["SOURCE_REMOVED"] }) { nodes { reason after } } }',
      { role: 'AUDITOR' },
    );
    expect(at(events, 'auditEvents.nodes.0')).toMatchObject({
      reason: 'the wrong file',
      after: { source: 'code:acme', forced: false },
    });
  });

  test('is for the role ADMIN; taking back an import is for an importer too', async () => {
    for (const role of ['VIEWER', 'OPERATOR', 'IMPORTER'] as const) {
      const { errors } = await takeBack('removeSource', { source: 'code:acme' }, role);
      expect(errors[0]?.extensions.code).toBe('FORBIDDEN');
    }
    const forced = await takeBack('revertImport', { revision: '1', force: true }, 'IMPORTER');
    expect(forced.errors[0]?.extensions.code).toBe('FORBIDDEN');
    const none = await takeBack('revertImport', { revision: 'one' }, 'IMPORTER');
    expect(none.errors[0]?.extensions.code).toBe('BAD_INPUT');
    const empty = await takeBack('removeSource', { source: 'code:acme', reason: ' ' }, 'ADMIN');
    expect(empty.errors[0]?.extensions.code).toBe('BAD_INPUT');
  });

  test('names the open cases about it and is refused; forced, the case can still be read', async () => {
    const id = await plan('hr:ada');
    const { errors } = await takeBack('removeSource', { source: 'hr:acme' }, 'ADMIN');
    expect(errors[0]?.extensions).toMatchObject({ code: 'CONFLICT', offboardings: [id] });
    expect(errors[0]?.message).toContain(id);
    const forced = await takeBack('removeSource', { source: 'hr:acme', force: true }, 'ADMIN');
    expect(at(forced.data, 'it.offboardings')).toEqual([id]);
    const seen = await service.data(
      `query ($id: ID!) { offboarding(id: $id) { state human { id name source { id } } decisions { nodes { entity { id } successor { id } } }
         actions(first: 1000) { nodes { kind entity { id } source { id } because { path { from { id } to { id } } } } } } }`,
      { variables: { id } },
    );
    expect(at(seen, 'offboarding.human')).toEqual({
      id: 'hr:ada',
      name: 'Ada Lovelace',
      source: { id: 'hr:acme' },
    });
    const listed = await service.data('{ attention { totalCount } offboardings { nodes { human { id } } } }');
    expect(at(listed, 'offboardings.nodes.0.human.id')).toBe('hr:ada');
  });
});

describe('taking back an import', () => {
  test('gives the source what it said before', async () => {
    const later = '2026-02-01T00:00:00.000Z';
    const entities = CODE.entities.map((one) => (one.id === 'code:repo' ? { ...one, name: 'renamed' } : one));
    const revision = at(
      await importing({ ...CODE, source: { ...CODE.source, syncedAt: later }, entities }),
      'importSnapshot.revision',
    );
    const name = async () => at(await service.data('{ entity(id: "code:repo") { name } }'), 'entity.name');
    expect(await name()).toBe('renamed');
    const { data } = await takeBack('revertImport', { revision }, 'IMPORTER');
    expect(at(data, 'it')).toMatchObject({ changedEntities: 1, goneEntities: 0, sources: ['code:acme'] });
    expect(await name()).toBe('web');
    const again = await takeBack('revertImport', { revision }, 'IMPORTER');
    expect(again.errors[0]?.extensions.code).toBe('CONFLICT');
  });
});

test('what a source could not read is told with it, and makes an answer incomplete', async () => {
  const because = 'the list was refused (403)';
  const couldNotRead = [{ kinds: ['Token'], account: 'code:ada', because }];
  await importing({
    ...CODE,
    couldNotRead,
    source: { ...CODE.source, syncedAt: '2026-02-01T00:00:00.000Z' },
  });
  const query = `query ($asOf: DateTime) { sources { id couldNotRead { kinds account because } }
    blastRadius(human: "hr:ada", asOf: $asOf) { complete incompleteBecause blindSpots { account { id } source { id } missing because } } }`;
  const told = await service.data(query);
  expect(at(told, 'sources.0')).toEqual({ id: 'code:acme', couldNotRead });
  expect(at(told, 'blastRadius.complete')).toBe(false);
  expect(at(told, 'blastRadius.incompleteBecause')).toContain(because);
  const spot = { account: { id: 'code:ada' }, source: { id: 'code:acme' } };
  expect(at(told, 'blastRadius.blindSpots')).toEqual([{ ...spot, missing: ['Token'], because }]);
});
