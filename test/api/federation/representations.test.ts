import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Kind, parse, print } from 'graphql';
import { printApiSchema } from '../../../src/api/schema.js';
import type { Role } from '../../../src/model/roles.js';
import { CODE, HR } from '../company.js';
import { type Answer, at, TestService } from '../service.js';

const ENTITIES = `query ($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ... on Node { id } ... on Human { email } ... on App { publisher } ... on AuditEvent { type }
} }`;
const ADA = { __typename: 'Human', id: 'hr:ada' };
const APP = { __typename: 'App', id: 'code:app' };
const EVENT = { __typename: 'AuditEvent', id: 'tendril/audit/1' };

let service: TestService;
let without: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE], null, { federation: true });
  without = await TestService.start({}, [HR]);
});
afterAll(async () => {
  await service.stop();
  await without.stop();
});

const ask = (representations: unknown, role: Role | null = 'VIEWER'): Promise<Answer> =>
  service.ask(ENTITIES, { role, variables: { representations } });
const codes = ({ errors }: Answer) => errors.map(({ extensions }) => extensions.code);

const ada = { __typename: 'Human', id: 'hr:ada', email: 'Ada@acme.example' };
const app = { __typename: 'App', id: 'code:app', publisher: null };

describe('what a gateway asks for by representations', () => {
  test('comes in the order asked, null where nothing of that type has that id', async () => {
    const unknown = { __typename: 'Human', id: 'hr:nobody' };
    const another = { __typename: 'App', id: 'hr:ada' };
    const noCase = { __typename: 'Offboarding', id: 'tendril/case/none' };
    const asked = [APP, unknown, ADA, another, ADA, noCase, { ...ADA, name: 'not looked at' }];
    expect(await ask(asked)).toEqual({
      status: 200,
      data: { _entities: [app, null, ada, null, ada, null, ada] },
      errors: [],
    });
    expect(at(await service.data(ENTITIES, { variables: { representations: [] } }), '_entities')).toEqual([]);
  });

  test('is found where a gateway does not know its kind', async () => {
    const asked = [
      { __typename: 'Entity', id: 'code:app' },
      { ...EVENT, __typename: 'Entity' },
    ];
    expect((await ask(asked, 'AUDITOR')).data).toEqual({ _entities: [app, null] });
  });

  test('is what node(id:) gives, for every kind', async () => {
    const all =
      '{ entities(first: 50) { nodes { __typename id ...F } } } fragment F on Entity { name owners { totalCount } }';
    const found = at(await service.data(all), 'entities.nodes') as { __typename: string; id: string }[];
    expect(new Set(found.map(({ __typename }) => __typename)).size).toBe(10);
    const again =
      'query ($r: [_Any!]!) { _entities(representations: $r) { __typename ... on Node { id } ...F } } fragment F on Entity { name owners { totalCount } }';
    expect(at(await service.data(again, { variables: { r: found } }), '_entities')).toEqual(found);
  });

  test.each([
    [{ id: 'hr:ada' }, /`__typename`/],
    [{ __typename: 'Nobody', id: 'hr:ada' }, /`__typename` .* Human, /],
    [{ __typename: 'Source', id: 'hr:acme' }, /`__typename`/],
    [{ __typename: 'toString', id: 'hr:ada' }, /`__typename`/],
    [{ __typename: ['Human'], id: 'hr:ada' }, /`__typename`/],
    [{ __typename: 'Human' }, /`id`/],
    [{ __typename: 'Human', id: null }, /`id`/],
    [{ __typename: 'Human', id: { $ne: '' } }, /`id`/],
    ['hr:ada', /an object/],
    [[ADA], /an object/],
    [7, /an object/],
  ])('%j is told in its place, and the others are answered', async (wrong, message) => {
    const { status, data, errors } = await ask([ADA, wrong, APP]);
    expect([status, data]).toEqual([200, { _entities: [ada, null, app] }]);
    expect(errors).toEqual([
      expect.objectContaining({
        message: expect.stringMatching(message),
        path: ['_entities', 1],
        extensions: { code: 'BAD_INPUT' },
      }),
    ]);
    expect(JSON.stringify(errors)).not.toMatch(/hr:ada|Nobody|toString/);
  });

  test.each([[undefined], [null], [[null]]])('%j is none at all', async (representations) => {
    const answer = await ask(representations);
    expect([answer.data, codes(answer)]).toEqual([null, ['BAD_INPUT']]);
  });

  test('is for whoever may ask for a node, and an audit event for whoever may read those', async () => {
    for (const role of ['VIEWER', 'PLANNER', 'APPROVER', 'OPERATOR', 'AUDITOR', 'ADMIN'] as const) {
      expect([role, (await ask([ADA], role)).data]).toEqual([role, { _entities: [ada] }]);
    }
    expect(codes(await ask([ADA], 'IMPORTER'))).toEqual(['FORBIDDEN']);
    const anonymous = await ask([ADA], null);
    expect([anonymous.status, codes(anonymous)]).toEqual([401, ['UNAUTHENTICATED']]);

    const event = { __typename: 'AuditEvent', id: 'tendril/audit/1', type: 'SNAPSHOT_IMPORTED' };
    expect((await ask([EVENT, ADA], 'AUDITOR')).data).toEqual({ _entities: [event, ada] });
    const kept = await ask([EVENT, ADA], 'VIEWER');
    expect([kept.data, codes(kept)]).toEqual([{ _entities: [null, ada] }, ['FORBIDDEN']]);
  });

  test('may be a case', async () => {
    const plan =
      'mutation { planOffboarding(input: { human: "hr:bob", reason: "leaves" }) { offboarding { id } } }';
    const id = at(await service.data(plan, { role: 'PLANNER' }), 'planOffboarding.offboarding.id');
    const { data } = await ask([
      { __typename: 'Offboarding', id },
      { __typename: 'Human', id },
    ]);
    expect(data).toEqual({ _entities: [{ __typename: 'Offboarding', id }, null] });
  });
});

describe('the schema for a gateway', () => {
  const SERVICE = '{ _service { sdl } }';

  test('is told to whoever may introspect, and to nobody without signing in', async () => {
    const sdl = at(await service.data(SERVICE, { role: 'IMPORTER' }), '_service.sdl');
    expect(sdl).toMatch(/^extend schema @link\(url: "https:\/\/specs.apollo.dev\/federation\/v2\.3"/);
    const { status, data, errors } = await service.ask(SERVICE, { role: null });
    expect([status, data, errors[0]?.extensions.code]).toEqual([401, null, 'UNAUTHENTICATED']);
  });

  test('is what is promised to everybody else, but for its directives and what an interface implements', async () => {
    const sdl = at(await service.data(SERVICE), '_service.sdl') as string;
    const [link, ...promised] = parse(
      sdl.replaceAll(/ @(key\(fields: "id"\)|shareable)(?= \{)/g, ''),
    ).definitions;
    expect(link?.kind).toBe(Kind.SCHEMA_EXTENSION);
    const others = printApiSchema().replace(
      'interface Workload implements Entity & Node',
      'interface Workload implements Node',
    );
    expect(promised.map(print)).toEqual(parse(others).definitions.map(print));
  });

  test('is not there, nor are representations, unless that is asked for', async () => {
    expect(printApiSchema()).not.toMatch(/\b_(service|entities|Any|Entity|Service)\b/);
    expect(await without.code(SERVICE)).toBe('BAD_INPUT');
    expect(await without.code(ENTITIES, { variables: { representations: [ADA] } })).toBe('BAD_INPUT');
  });
});
