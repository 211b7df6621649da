import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { type ExecutionResult, parse, subscribe } from 'graphql';
import { Query, Resolver } from 'type-graphql';
import { hasExpired, IMPORTERS, type Viewer } from '../../../src/api/access/access.js';
import { buildSchemaOf } from '../../../src/api/build-schema.js';
import { guardRoot, guardSubscribe } from '../../../src/api/fields/guard.js';
import { Operation } from '../../../src/api/operation/operation.js';
import { buildApiSchema } from '../../../src/api/schema.js';
import { ROLES, type Role } from '../../../src/model/roles.js';
import { root } from '../../house/files.js';
import { expectGolden } from '../../support/golden.js';
import { CODE, HR } from '../company.js';
import { TestService } from '../service.js';
import { operationFor } from './any-operation.js';
import { goldenRoles, rootsOf } from './golden-roles.js';

const file = join(root, 'test/api/authorisation.golden.txt');
const schema = buildApiSchema({ federation: true });
const fields = rootsOf(schema).flatMap((type) =>
  Object.values(type.getFields()).map((field) => ({
    name: `${type.name}.${field.name}`,
    ask: operationFor(type.name as 'Query', field),
  })),
);

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE], null, { federation: true });
});
afterAll(() => service.stop());

/** The codes of what is wrong with an operation for one role; by HTTP, but for subscriptions, which it does not carry. */
async function codes(name: string, ask: string, role: Role): Promise<unknown[]> {
  if (!name.startsWith('Subscription.')) {
    return (await service.ask(ask, { role })).errors.map(({ extensions }) => extensions.code);
  }
  const viewer: Viewer = { subject: 'test', roles: [role], signedInBy: 'test' };
  const contextValue = new Operation(service.tendril, { viewer, requestId: 'test' });
  const begun = await subscribe({ schema, document: parse(ask), contextValue });
  if (Symbol.asyncIterator in begun) {
    await begun.return?.(undefined);
    return [];
  }
  return ((begun as ExecutionResult).errors ?? []).map(
    ({ originalError }) => (originalError as { code?: unknown } | undefined)?.code,
  );
}

describe('who may ask what', () => {
  test('is in the golden list, field by field', () => {
    const golden = goldenRoles(schema);
    expectGolden(file, golden);
    expect(golden).not.toContain('nobody');
  });

  test('is part of the declaration of every root field: without it the schema is not built', () => {
    class Open {
      open(): boolean {
        return true;
      }
    }
    Resolver()(Open);
    Query(() => Boolean)(Open.prototype, 'open', {});
    expect(() => buildSchemaOf([Open], [])).toThrow('Query.open has no roles');
  });

  test.each(fields)('$name answers its roles and nobody else', async ({ name, ask }) => {
    const listed = new RegExp(`^${name}: (.*)$`, 'm').exec(readFileSync(file, 'utf8'))?.[1]?.split(' ');
    const let_in: Role[] = [];
    for (const role of ROLES) {
      const found = await codes(name, ask, role);
      if (!found.includes('FORBIDDEN')) let_in.push(role);
      else expect(found).toEqual(['FORBIDDEN']);
    }
    expect(let_in).toEqual(ROLES.filter((role) => listed?.includes(role)));
    const anonymous = await service.ask(ask, { role: null });
    expect([anonymous.status, anonymous.errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
  });

  test('/import takes snapshots of its roles and nobody else', async () => {
    for (const role of [...ROLES, null]) {
      const response = await fetch(`${service.url}/import`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...service.headers(role) },
        body: '{}',
      });
      const wanted = role === null ? 401 : IMPORTERS.includes(role) ? 422 : 403;
      expect([role, response.status]).toEqual([role, wanted]);
    }
  });

  test('nobody reads the schema without signing in', async () => {
    const { status, errors, data } = await service.ask('{ __schema { types { name } } }', { role: null });
    expect([status, errors[0]?.extensions.code, data]).toEqual([401, 'UNAUTHENTICATED', null]);
    expect(await service.data('{ __typename }')).toEqual({ __typename: 'Query' });
  });
});

describe('a guard', () => {
  const operation = (viewer: Partial<Viewer>) =>
    new Operation(service.tendril, {
      viewer: { subject: 'test', roles: ['VIEWER'], signedInBy: 'oidc', ...viewer },
      requestId: 'test',
    });
  const info = { fieldName: 'field', operation: { operation: 'subscription' } } as never;
  const guards = {
    resolve: guardRoot('Subscription.field', ['VIEWER'], () => 'told'),
    subscribe: guardSubscribe('Subscription.field', ['VIEWER'], () => 'told'),
  };

  test.each(Object.entries(guards))('ends what stays open when the sign-in does: %s', (_name, guard) => {
    expect(guard(null, {}, operation({ expiresAt: Date.now() + 60_000 }), info)).toBe('told');
    expect(guard(null, {}, operation({}), info)).toBe('told');
    const late = operation({ expiresAt: Date.now() - 1 });
    expect(hasExpired(late.viewer)).toBe(true);
    expect(() => guard(null, {}, late, info)).toThrow(expect.objectContaining({ code: 'UNAUTHENTICATED' }));
  });

  test.each(Object.entries(guards))('lets no other role begin: %s', (_name, guard) => {
    const other = operation({ roles: ['IMPORTER'] });
    expect(() => guard(null, {}, other, info)).toThrow(expect.objectContaining({ code: 'FORBIDDEN' }));
  });

  test('is asked for of a field that has nothing behind it', () => {
    expect(() => guardRoot('Query.x', [], undefined)).toThrow(/Query\.x/);
    expect(() => guardSubscribe('Subscription.x', [], undefined)).toThrow(/Subscription\.x/);
  });
});
