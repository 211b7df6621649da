import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR } from '../company.js';
import { at, TestService } from '../service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

describe('node, nodes, entity', () => {
  test('give the entity with its own properties', async () => {
    const data = await service.data(`{
      entity(id: "code:token") {
        __typename id kind name status live externalId createdAt lastUsedAt attributes source { id stale actuation }
        ... on Token { tokenType family scopes expiresAt selfContained }
      }
    }`);
    expect(data).toEqual({
      entity: {
        __typename: 'Token',
        id: 'code:token',
        kind: 'TOKEN',
        name: 'ci token',
        status: 'ACTIVE',
        live: true,
        externalId: null,
        createdAt: null,
        lastUsedAt: null,
        attributes: {},
        source: { id: 'code:acme', stale: true, actuation: 'SIMULATED' },
        tokenType: 'PERSONAL_ACCESS_TOKEN',
        family: 'ada-1',
        scopes: [],
        expiresAt: '2027-01-01T00:00:00.000Z',
        selfContained: false,
      },
    });
  });

  test('say every kind by its own type', async () => {
    const data = await service.data('{ entities(first: 100) { nodes { __typename kind } } }');
    const nodes = at(data, 'entities.nodes') as { __typename: string; kind: string }[];
    const kinds = new Map(nodes.map((node) => [node.kind, node.__typename]));
    expect(Object.fromEntries(kinds)).toEqual({
      HUMAN: 'Human',
      ACCOUNT: 'Account',
      GROUP: 'Group',
      SERVICE_IDENTITY: 'ServiceIdentity',
      APP: 'App',
      GRANT: 'Grant',
      TOKEN: 'Token',
      SECRET: 'Secret',
      JOB: 'Job',
      RESOURCE: 'Resource',
    });
  });

  test('fill in what a source left out as the model says', async () => {
    const data = await service.data(`{
      app: entity(id: "code:app") { ... on App { approval criticality clientId } }
      account: entity(id: "code:ada") { ... on Account { login managed } }
      repo: entity(id: "code:docs") { ... on Resource { sensitivity personal resourceType } }
    }`);
    expect(data).toEqual({
      app: { approval: 'UNKNOWN', criticality: 'HIGH', clientId: null },
      account: { login: 'ada', managed: true },
      repo: { sensitivity: null, personal: false, resourceType: 'repository' },
    });
  });

  test('keep the order asked for, with null for what is not there', async () => {
    const data = await service.data(
      '{ nodes(ids: ["hr:bob", "nobody", "hr:ada"]) { id } node(id: "nobody") { id } entity(id: "nobody") { id } }',
    );
    expect(data).toEqual({ nodes: [{ id: 'hr:bob' }, null, { id: 'hr:ada' }], node: null, entity: null });
  });
});

describe('entities', () => {
  const ids = async (args: string) => {
    const data = await service.data(`{ entities${args} { nodes { id } totalCount revision } }`);
    return (at(data, 'entities.nodes') as { id: string }[]).map(({ id }) => id);
  };

  test('come by id, and in the order asked for', async () => {
    expect((await ids('')).slice(0, 2)).toEqual(['code:ada', 'code:app']);
    const humans = 'filter: { kinds: [HUMAN] }';
    expect(await ids(`(${humans}, orderBy: { field: NAME, direction: DESC })`)).toEqual([
      'hr:eve',
      'hr:dan',
      'hr:cleo',
      'hr:bob',
      'hr:ada',
    ]);
  });

  test('are filtered by kind, status, source, liveness and text', async () => {
    expect(await ids('(filter: { kinds: [APP, JOB] })')).toEqual(['code:app', 'code:job']);
    expect(await ids('(filter: { statuses: [LEFT, DISABLED] })')).toEqual(['code:cleo', 'hr:cleo', 'hr:eve']);
    expect(await ids('(filter: { sources: ["hr:acme"], live: true })')).toHaveLength(3);
    expect(await ids('(filter: { search: "ADA@ACME" })')).toEqual(['hr:ada']);
    expect(await ids('(filter: { kinds: null, search: "nothing has this" })')).toEqual([]);
  });

  test('are filtered by what tokens are and by times, and say what is left out as unknown', async () => {
    expect(await ids('(filter: { tokenTypes: [SSH_KEY, REFRESH] })')).toEqual(['code:cleo-key', 'code:mate']);
    expect(await ids('(filter: { kinds: [TOKEN], unknown: [EXPIRES_AT] })')).toEqual([
      'code:cleo-key',
      'code:mate',
    ]);
    expect(await ids('(filter: { lastWorkingDay: { from: "2026-01-01" } })')).toEqual([]);
    const data = await service.data(`{ entities(filter: { kinds: [TOKEN], expiresBefore: "2028-01-01" }) {
      nodes { id } leftOut { time count } } unowned { leftOut { count } } }`);
    expect(data).toEqual({
      entities: { nodes: [{ id: 'code:token' }], leftOut: [{ time: 'EXPIRES_AT', count: 2 }] },
      unowned: { leftOut: [] },
    });
    const wrong = await service.ask(
      '{ entities(filter: { lastWorkingDay: { until: "soon" } }) { totalCount } }',
    );
    expect(wrong.errors[0]?.extensions.code).toBe('BAD_INPUT');
  });
});

describe('search', () => {
  const found = async (asked: string) => {
    const data = await service.data(`{ search(${asked}) { match entity { id } } }`);
    return (at(data, 'search') as { match: string; entity: { id: string } }[]).map((hit) => [
      hit.match,
      hit.entity.id,
    ]);
  };

  test('ranks names and addresses before ids, and beginnings before middles', async () => {
    expect(await found('text: "ada"')).toEqual([
      ['EXACT', 'code:ada'],
      ['BEGINNING', 'hr:ada'],
    ]);
    expect((await found('text: "code:", first: 2')).map(([match]) => match)).toEqual([
      'ID_BEGINNING',
      'ID_BEGINNING',
    ]);
    expect(await found('text: " LOVELACE "')).toEqual([['WORD', 'hr:ada']]);
    expect(await found('text: "ada", kinds: [HUMAN]')).toEqual([['BEGINNING', 'hr:ada']]);
    expect(await found('text: "  "')).toEqual([]);
  });
});

describe('human', () => {
  test('is found by id or by email in any case', async () => {
    const data = await service.data(`{
      a: human(id: "hr:ada") { email employeeId lastWorkingDay }
      b: human(email: "ADA@ACME.EXAMPLE") { id }
      none: human(email: "nobody@acme.example") { id }
      account: human(id: "code:ada") { id }
    }`);
    expect(data).toEqual({
      a: { email: 'Ada@acme.example', employeeId: '1', lastWorkingDay: null },
      b: { id: 'hr:ada' },
      none: null,
      account: null,
    });
  });

  test('says what to do when the question is not clear', async () => {
    expect(await service.code('{ human { id } }')).toBe('BAD_INPUT');
    expect(await service.code('{ human(id: "hr:ada", email: "ada@acme.example") { id } }')).toBe('BAD_INPUT');
    const { errors } = await service.ask('{ human(email: "twice@acme.example") { id } }');
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT');
    expect(errors[0]?.message).toContain('"hr:dan", "hr:eve"');
  });

  test('by email is who is there, and not who left with the same address', async () => {
    const rehire = await TestService.start({}, [HR, CODE]);
    const person = (id: string) => ({ kind: 'Human', id, email: 'back@acme.example' });
    const people = (day: string, ...entities: unknown[]) => ({
      source: { id: 'hr:other', syncedAt: `2026-05-0${day}` },
      mode: 'delta',
      entities,
    });
    await rehire.import(people('1', person('hr:1')));
    await rehire.import(people('2', { ...person('hr:1'), ended: true }, person('hr:2')));
    const asked = `{ human(email: "Back@acme.example") { id } blastRadius(human: "back@acme.example") { start { id } } }`;
    expect(await rehire.data(asked)).toEqual({
      human: { id: 'hr:2' },
      blastRadius: { start: { id: 'hr:2' } },
    });
    await rehire.stop();
  });
});
