import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { buildApiSchema } from '../../src/api/schema.js';
import { ROLES, type Role } from '../../src/model/roles.js';
import { CODE, HR } from './company.js';
import { TestService } from './service.js';

const READERS: readonly Role[] = ['VIEWER', 'PLANNER', 'APPROVER', 'OPERATOR', 'AUDITOR', 'ADMIN'];

/** The golden table: every root field, how it is asked, and who gets an answer. */
const GOLDEN: Readonly<Record<string, { readonly ask: string; readonly may: readonly Role[] }>> = {
  'Query.node': { ask: '{ node(id: "hr:ada") { id } }', may: READERS },
  'Query.nodes': { ask: '{ nodes(ids: ["hr:ada"]) { id } }', may: READERS },
  'Query.entity': { ask: '{ entity(id: "hr:ada") { id } }', may: READERS },
  'Query.entities': { ask: '{ entities { totalCount } }', may: READERS },
  'Query.human': { ask: '{ human(id: "hr:ada") { id } }', may: READERS },
  'Query.blastRadius': { ask: '{ blastRadius(human: "hr:ada") { revision } }', may: READERS },
  'Query.accessPaths': { ask: '{ accessPaths(from: "hr:ada", to: "code:repo") { length } }', may: READERS },
  'Query.whoCanReach': { ask: '{ whoCanReach(entity: "code:repo") { totalCount } }', may: READERS },
  'Query.lingeringAccess': { ask: '{ lingeringAccess { totalCount } }', may: READERS },
  'Query.exposureRanking': { ask: '{ exposureRanking { totalCount } }', may: READERS },
  'Query.unowned': { ask: '{ unowned { totalCount } }', may: READERS },
  'Query.overview': { ask: '{ overview { revision } }', may: READERS },
  'Query.sources': { ask: '{ sources { id } }', may: READERS },
  'Query.viewer': { ask: '{ viewer { subject roles } }', may: ROLES },
  'Mutation.importSnapshot': {
    ask: `mutation { importSnapshot(input: { snapshot: { source: { id: "x", syncedAt: "2026-01-01T00:00:00Z" },
      mode: "delta", entities: [{ kind: "Human", id: "x:1", name: "X" }], relationships: [] } }) { revision } }`,
    may: ['IMPORTER', 'ADMIN'],
  },
};

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

describe('who may ask what', () => {
  test('the table has every root field', () => {
    const schema = buildApiSchema();
    const roots = [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()];
    const fields = roots.flatMap((root) =>
      Object.keys(root?.getFields() ?? {}).map((field) => `${root?.name}.${field}`),
    );
    expect(fields.sort()).toEqual(Object.keys(GOLDEN).sort());
  });

  for (const [field, { ask, may }] of Object.entries(GOLDEN)) {
    test(`${field} answers ${may.join(', ')} and nobody else`, async () => {
      const answered: Role[] = [];
      for (const role of ROLES) {
        const { errors } = await service.ask(ask, { role });
        if (errors.length === 0) answered.push(role);
        else expect(errors.map((error) => error.extensions.code)).toEqual(['FORBIDDEN']);
      }
      expect(answered).toEqual(ROLES.filter((role) => may.includes(role)));
      const anonymous = await service.ask(ask, { role: null });
      expect([anonymous.status, anonymous.errors[0]?.extensions.code]).toEqual([401, 'UNAUTHENTICATED']);
    });
  }

  test('nobody reads the schema without signing in', async () => {
    const { status, errors, data } = await service.ask('{ __schema { types { name } } }', { role: null });
    expect([status, errors[0]?.extensions.code, data]).toEqual([401, 'UNAUTHENTICATED', null]);
    expect(await service.data('{ __typename }')).toEqual({ __typename: 'Query' });
  });
});
