import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../src/api/limits/limits.js';
import { readTrustedDocuments } from '../../src/api/trusted/read-documents.js';
import { sha256Of } from '../../src/api/trusted/trusted-documents.js';
import { CODE, HR } from '../api/company.js';
import { at, TestService } from '../api/service.js';
import { Listener, untilSubscribed } from './live/listener.js';

const WHO = 'query Who { viewer { subject } }';
const COUNT = 'query Count($kinds: [EntityKind!]) { entities(filter: { kinds: $kinds }) { totalCount } }';
const DEAR = 'query Dear($n: Int!) { entities(first: $n) { nodes { owners(first: 300) { nodes { id } } } } }';
const IMPORT = 'mutation Import { importSnapshot(input: { snapshot: {} }) { revision } }';
const CHANGED = 'subscription Changed { graphChanged { revision } }';
const TEXTS = [WHO, COUNT, DEAR, IMPORT, CHANGED];

let service: TestService;
beforeAll(async () => {
  const file = JSON.stringify(Object.fromEntries(TEXTS.map((text) => [sha256Of(text), text])));
  service = await TestService.start({}, [HR], null, {
    trusted: (schema) => readTrustedDocuments(file, 'documents.json', schema, DEFAULT_LIMITS),
  });
});
afterAll(() => service.stop());

async function post(body: unknown, role: 'VIEWER' | 'ADMIN' = 'VIEWER') {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...service.headers(role) },
    body: JSON.stringify(body),
  });
  return [response.status, await response.json()];
}

async function get(parameters: Record<string, string>, role: 'VIEWER' | 'ADMIN' | null = 'VIEWER') {
  const address = `${service.url}/graphql?${new URLSearchParams(parameters)}`;
  const response = await fetch(address, { headers: service.headers(role) });
  return [response.status, await response.json()];
}

const who = [200, { data: { viewer: { subject: 'viewer' } } }];
const error = (status: number, code: string, message: unknown = expect.any(String)) => [
  status,
  { errors: [expect.objectContaining({ message, extensions: expect.objectContaining({ code }) })] },
];
const hashed = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: sha256Of(text) } });

describe('where only trusted documents run', () => {
  test('they do, by POST and by GET, however they are named', async () => {
    const documentId = sha256Of(WHO);
    expect(await post({ documentId })).toEqual(who);
    expect(await post({ documentId: `sha256:${documentId}`, operationName: 'Who' })).toEqual(who);
    expect(await post({ extensions: { ...hashed(WHO), clientLibrary: { name: 'x' } } })).toEqual(who);
    expect(await post({ query: WHO, extensions: hashed(WHO) })).toEqual(who);
    expect(await post({ query: 'query Who {\n  viewer { subject }\n}' })).toEqual(who);
    expect(await get({ documentId: `sha256:${documentId}` })).toEqual(who);
    expect(await get({ extensions: JSON.stringify(hashed(WHO)) })).toEqual(who);
    expect(await get({ query: WHO })).toEqual(who);
  });

  test('with variables in either form', async () => {
    const variables = { kinds: ['HUMAN'] };
    const answer = await post({ documentId: sha256Of(COUNT), variables });
    expect(answer).toEqual([200, { data: { entities: { totalCount: 5 } } }]);
    expect(await get({ documentId: sha256Of(COUNT), variables: JSON.stringify(variables) })).toEqual(answer);
  });

  test.each([
    [{ query: '{ viewer { subject } }' }, 403, 'FORBIDDEN'],
    [{ query: '{ __schema { types { name } } }' }, 403, 'FORBIDDEN'],
    [{ query: `${WHO} query B { __typename }`, operationName: 'Who' }, 403, 'FORBIDDEN'],
    [{ documentId: sha256Of('{ viewer { subject } }') }, 404, 'NOT_FOUND'],
    [{ documentId: '__proto__' }, 404, 'NOT_FOUND'],
    [{ documentId: 5 }, 400, 'BAD_INPUT'],
    [{ variables: {} }, 400, 'BAD_INPUT'],
    [[{ query: WHO }], 400, 'BAD_INPUT'],
  ])('nothing else does: %j', async (body, status, code) => {
    expect(await post(body, 'ADMIN')).toEqual(error(status, code));
  });

  test('nor by GET, and what is said twice is not guessed at', async () => {
    expect(await get({ query: '{ __typename }' })).toEqual(error(403, 'FORBIDDEN'));
    expect(await get({ documentId: 'nobody' })).toEqual(error(404, 'NOT_FOUND'));
    expect(await get({ extensions: '[' })).toEqual(error(400, 'BAD_INPUT'));
    const twice = `documentId=${sha256Of(WHO)}&documentId=${sha256Of(COUNT)}`;
    const response = await fetch(`${service.url}/graphql?${twice}`, { headers: service.headers('VIEWER') });
    expect([response.status, await response.json()]).toEqual(
      error(400, 'BAD_INPUT', expect.stringContaining('twice')),
    );
  });

  test('a trusted document has the same limits as any other: roles, size and method', async () => {
    expect(await get({ documentId: sha256Of(WHO) }, null)).toEqual(error(401, 'UNAUTHENTICATED'));
    const [, forbidden] = await post({ documentId: sha256Of(IMPORT) });
    expect(at(forbidden, 'errors.0.extensions.code')).toBe('FORBIDDEN');
    expect((await get({ documentId: sha256Of(IMPORT) }, 'ADMIN'))[0]).toBe(405);
    expect((await post({ documentId: sha256Of(DEAR), variables: { n: 1 } }))[0]).toBe(200);
    const [, large] = await post({ documentId: sha256Of(DEAR), variables: { n: 1000 } });
    expect(at(large, 'errors.0.extensions.code')).toBe('LIMIT_EXCEEDED');
  });

  test('subscriptions are held to it too', async () => {
    const listener = new Listener(service.url, service.headers('VIEWER').authorization, true);
    try {
      const refused = await listener
        .hear('subscription { graphChanged { at } }')
        .next()
        .catch((errors: unknown) => errors);
      expect(at(refused, '0.extensions.code')).toBe('FORBIDDEN');
      const heard = listener.hear('', {}, hashed(CHANGED)).next();
      await untilSubscribed(service.url, 1);
      const revision = await service.import(CODE);
      expect(await heard).toEqual({ data: { graphChanged: { revision: String(revision) } } });
    } finally {
      await listener.stop();
    }
  });

  test('there is no explorer', async () => {
    expect((await fetch(service.url)).status).toBe(404);
  });
});
