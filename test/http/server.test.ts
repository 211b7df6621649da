import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { Connection } from '../../src/store/embedded/connection.js';
import { HR } from '../api/company.js';
import { NOW, TestService } from '../api/service.js';
import { inFolder } from '../store/embedded/scratch.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR]);
});
afterAll(() => service.stop());

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(`${service.url}${path}`, { headers });

describe('health', () => {
  test('says that it lives and is ready, by which clock, and nothing of the company', async () => {
    const live = await get('/health/live');
    expect([live.status, await live.json()]).toEqual([200, { status: 'live', clock: NOW }]);
    const { known } = service.tendril.store.schema;
    for (const path of ['/health/ready', '/health']) {
      const ready = await get(path);
      const answer = {
        status: 'ready',
        store: { revision: 1, schema: known },
        index: { revision: expect.any(Number), lagSeconds: expect.any(Number) },
        clock: NOW,
      };
      expect([ready.status, await ready.json()]).toEqual([200, answer]);
    }
  });

  test('is in the log with its whole path, without the query', async () => {
    await get('/health/live?canary=1');
    const lines = service.logged.map((line) => JSON.parse(line) as { path?: string });
    expect(lines.at(-1)).toMatchObject({ path: '/health/live' });
    expect(service.logged.join('')).not.toContain('canary');
  });

  test('is not ready while the service starts, and says why', async () => {
    let starting: string | null = 'The demo company is being loaded.';
    const young = await TestService.start({}, [], null, { starting: () => starting });
    try {
      const ready = () => fetch(`${young.url}/health/ready`);
      const first = await ready();
      expect([first.status, await first.json()]).toMatchObject([503, { because: starting }]);
      starting = null;
      expect((await ready()).status).toBe(200);
    } finally {
      await young.stop();
    }
  });

  test('is not ready when the store is not there', async () => {
    const broken = await TestService.start();
    try {
      await broken.tendril.store.close();
      const ready = await fetch(`${broken.url}/health/ready`);
      expect([ready.status, await ready.json()]).toMatchObject([
        503,
        { status: 'not ready', because: 'The store does not answer.', clock: NOW },
      ]);
      expect((await fetch(`${broken.url}/health/live`)).status).toBe(200);
    } finally {
      await broken.stop();
    }
  });
});

test(
  'an instance is not ready any more where a newer program has changed its store',
  inFolder(async (folder) => {
    const store = join(folder, 'graph.db');
    const old = await TestService.start({}, [HR], null, { store });
    try {
      const { known } = old.tendril.store.schema;
      const newer = Connection.open(store, false);
      newer.run(`UPDATE meta SET value = ? WHERE key = 'schema'`, known + 1);
      newer.close();
      const ready = await fetch(`${old.url}/health/ready`);
      expect([ready.status, await ready.json()]).toMatchObject([
        503,
        {
          because: expect.stringContaining(`schema ${known + 1}`),
          store: { revision: 1, schema: known + 1 },
        },
      ]);
    } finally {
      await old.stop();
    }
  }),
);

describe('GraphQL over HTTP', () => {
  const query = encodeURIComponent('{ entities { totalCount } }');
  const preflight = { 'apollo-require-preflight': 'true' };

  test('answers in the type that is accepted', async () => {
    const type = 'application/graphql-response+json';
    const headers = { ...service.headers('VIEWER'), 'content-type': 'application/json', accept: type };
    const body = JSON.stringify({ query: '{ nothing }' });
    const response = await fetch(`${service.url}/graphql`, { method: 'POST', headers, body });
    expect([response.status, response.headers.get('content-type')]).toEqual([
      400,
      expect.stringContaining(type),
    ]);
    const anonymous = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: type },
      body,
    });
    expect([anonymous.status, anonymous.headers.get('content-type')]).toEqual([
      401,
      expect.stringContaining(type),
    ]);
    expect(anonymous.headers.get('www-authenticate')).toBe('Bearer');
  });

  test('takes queries by GET, and nothing that writes', async () => {
    const headers = { ...service.headers('ADMIN'), ...preflight };
    const read = await get(`/graphql?query=${query}`, headers);
    expect([read.status, await read.json()]).toEqual([200, { data: { entities: { totalCount: 5 } } }]);
    const mutation = encodeURIComponent('mutation { importSnapshot(input: { snapshot: {} }) { revision } }');
    expect((await get(`/graphql?query=${mutation}`, headers)).status).toBe(405);
  });

  test('takes nothing that a page elsewhere could send without asking', async () => {
    const simple = await get(`/graphql?query=${query}`, service.headers('VIEWER'));
    expect(simple.status).toBe(400);
    const form = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { ...service.headers('VIEWER'), 'content-type': 'text/plain' },
      body: JSON.stringify({ query: '{ viewer { subject } }' }),
    });
    expect(form.status).toBe(400);
    for (const response of [simple, form]) {
      const { errors } = (await response.json()) as { errors: { message: string; extensions: unknown }[] };
      expect(errors).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }]);
      expect(errors[0]?.message).toMatch(/^A page elsewhere could have sent this in your name\. Send POST/);
    }
  });

  test('repeats nothing of a body that is no JSON', async () => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { ...service.headers('VIEWER'), 'content-type': 'application/json' },
      body: '{"query": canary',
    });
    const text = await response.text();
    expect([response.status, text.includes('canary')]).toEqual([400, false]);
    expect(JSON.parse(text).errors[0].extensions.code).toBe('BAD_INPUT');
  });
});

describe('sign-in', () => {
  test.each([
    ['nothing', {}, /^Sign in: /],
    ['a token nobody has', { authorization: 'Bearer nobody' }, /^Nobody here has that token: /],
    ['another scheme', { authorization: 'Basic YTpi' }, /^Sign in: /],
    ['an empty token', { authorization: 'Bearer ' }, /^Sign in: /],
  ])('refuses %s, and says so', async (_name, headers: Record<string, string>, message) => {
    const response = await get('/graphql?query=x', headers);
    expect(response.status).toBe(401);
    expect(await response.json()).toMatchObject({
      errors: [{ message: expect.stringMatching(message), extensions: { code: 'UNAUTHENTICATED' } }],
    });
  });

  test('says who asks, and puts no token in the log', async () => {
    expect(await service.data('{ viewer { subject roles } }', { role: 'AUDITOR' })).toEqual({
      viewer: { subject: 'auditor', roles: ['AUDITOR'] },
    });
    const log = service.logged.join('');
    expect(log).toContain('"subject":"auditor"');
    expect(log).not.toContain(service.tokens.AUDITOR?.token);
  });

  test('is in the log with its name and the state it speaks of, and without what was asked', async () => {
    const asked = `query ${'Long'.repeat(100)}($id: ID!) { entity(id: $id) { name } }`;
    await service.data(asked, { variables: { id: 'canary' } });
    await service.ask('query Broken { nowhere }');
    const of = (path: string) =>
      service.logged
        .map((line) => JSON.parse(line) as { path?: string; requestId: string; millis: number })
        .filter((line) => line.path === path);
    while (!service.logged.join('').includes('LongLong')) await turn();
    expect(of('/graphql').find((line) => JSON.stringify(line).includes('LongLong'))).toMatchObject({
      subject: 'viewer',
      operation: 'Long'.repeat(25),
      revision: 1,
      requestId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      millis: expect.any(Number),
    });
    expect(service.logged.join('')).not.toMatch(/canary|entity\(|nowhere/);
  });
});

describe('the explorer', () => {
  test('is served whole, and may run only its own scripts and reach only this service', async () => {
    const response = await get('/');
    expect(response.headers.get('content-type')).toContain('text/html');
    const html = await response.text();
    expect(html.includes('blastRadius(human:')).toBe(true);
    const policy = response.headers.get('content-security-policy') ?? '';
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script = '']) => script);
    expect(scripts).toHaveLength(1);
    for (const script of scripts) {
      expect(policy).toContain(`'sha256-${createHash('sha256').update(script).digest('base64')}'`);
    }
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("connect-src 'self'");
    // Browsers read line ends as one sign before they hash.
    expect(html).not.toContain('\r');
    expect(html).not.toMatch(/<(script|link|img)[^>]+(src|href)="https?:/);
  });

  test('is the only page: everything else is not there', async () => {
    const response = await get('/somewhere');
    expect([response.status, await response.json()]).toEqual([
      404,
      { error: { code: 'NOT_FOUND', message: expect.any(String) } },
    ]);
    expect(response.headers.get('x-powered-by')).toBeNull();
    expect(response.headers.get('x-content-type-options')).toBe('nosniff');
  });
});

describe('another method than a path takes', () => {
  test.each([
    ['POST', '/', 'GET, HEAD'],
    ['POST', '/health', 'GET, HEAD'],
    ['DELETE', '/health/live', 'GET, HEAD'],
    ['PUT', '/health/ready', 'GET, HEAD'],
    ['POST', '/metrics', 'GET, HEAD'],
    ['GET', '/import', 'POST'],
  ])('%s %s is 405 and says which: %s', async (method, path, allow) => {
    const response = await fetch(`${service.url}${path}`, { method });
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow]);
    expect(await response.json()).toMatchObject({ error: { code: 'BAD_INPUT' } });
    const options = await fetch(`${service.url}${path}`, { method: 'OPTIONS' });
    expect([options.status, options.headers.get('allow')]).toEqual([204, allow]);
  });

  test('GraphQL says so as well', async () => {
    const response = await fetch(`${service.url}/graphql`, {
      method: 'PUT',
      headers: { ...service.headers('VIEWER'), 'content-type': 'application/json' },
      body: '{}',
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, POST']);
  });
});
