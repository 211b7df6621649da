import { afterEach, expect, test } from '@jest/globals';
import type { Overrides } from '../../src/compose.js';
import { CODE, HR, many } from '../api/company.js';
import { at, NOW, TestService } from '../api/service.js';
import { only } from '../api/trusted/only.js';
import { HeldStore } from './held-store.js';

const DOCUMENTS = {
  overview: '{ overview { revision unowned staleSources { id } } }',
  people: 'query ($name: String) { entities(filter: { search: $name }) { totalCount } }',
  radius: 'query Radius($human: ID!) { blastRadius(human: $human) { asOf exposure { totalCount } } }',
  mixed: '{ ...Parts } fragment Parts on Query { overview { unowned } offboardings { totalCount } }',
  viewer: '{ viewer { subject } }',
};
type Name = keyof typeof DOCUMENTS;

let service: TestService;
afterEach(() => service.stop());

async function serve(instead: Overrides = {}): Promise<void> {
  service = await TestService.start(instead, [HR, CODE], null, { trusted: only(DOCUMENTS) });
}

interface Got {
  readonly status: number;
  readonly tag: string | null;
  readonly body: string;
  readonly headers: Headers;
}

async function get(
  documentId: Name,
  variables: object = {},
  { tag = null, role = 'VIEWER', headers = {} }: Wish = {},
): Promise<Got> {
  const search = new URLSearchParams({ documentId, variables: JSON.stringify(variables) });
  const known = tag === null ? {} : { 'if-none-match': tag };
  const response = await fetch(`${service.url}/graphql?${search}`, {
    headers: { ...service.headers(role), ...known, ...headers },
  });
  const { status } = response;
  return {
    status,
    tag: response.headers.get('etag'),
    body: await response.text(),
    headers: response.headers,
  };
}

interface Wish {
  readonly tag?: string | null;
  readonly role?: 'VIEWER' | 'ADMIN';
  readonly headers?: Record<string, string>;
}

const seen = (revision: number) => ({ headers: { 'tendril-at-least-revision': String(revision) } });

test('an answer has an entity tag; a request with the tag is answered 304, and nothing is computed', async () => {
  const held = new HeldStore();
  await serve({ around: held.around });
  const first = await get('people', { name: 'ada' });
  expect(first).toMatchObject({ status: 200, tag: expect.stringMatching(/^W\/"[\w-]{43}"$/) });
  expect(first.headers.get('cache-control')).toBe('private, no-cache');
  expect(first.headers.get('vary')).toContain('Authorization');
  await service.tendril.aggregates.stop();
  const before = held.count('list');
  const again = await get('people', { name: 'ada' }, { tag: `"other", ${first.tag}` });
  expect(again).toMatchObject({ status: 304, tag: first.tag, body: '' });
  expect(again.headers.get('content-type')).toBeNull();
  expect(held.count('list')).toBe(before);
  expect(await get('people', { name: 'ada' })).toMatchObject({ status: 200, body: first.body });
  expect(held.count('list')).toBeGreaterThan(before);
});

test('the operation, the viewer and the state of the graph change the tag', async () => {
  await serve();
  const first = await get('people', { name: 'ada' });
  const others = [
    await get('people', { name: 'bob' }, { tag: first.tag }),
    await get('people', { name: 'ada' }, { tag: first.tag, role: 'ADMIN' }),
    await get('radius', { human: 'hr:ada' }, { tag: first.tag }),
    await get(
      'people',
      { name: 'ada' },
      { tag: first.tag, headers: { accept: 'application/graphql-response+json' } },
    ),
  ];
  await service.import(many(3));
  others.push(await get('people', { name: 'ada' }, { tag: first.tag, ...seen(3) }));
  for (const { status } of others) expect(status).toBe(200);
  const tags = others.map(({ tag }) => tag);
  expect(tags).not.toContain(null);
  expect(new Set([first.tag, ...tags]).size).toBe(6);
});

test('a store that was put back to a backup, and comes to the same revision by other changes, has other names', async () => {
  const after = async (snapshot: object, now: string, tag: string | null = null) => {
    await serve();
    const revision = await service.import(snapshot, now);
    const got = await get('people', {}, { tag, ...seen(revision) });
    return { ...got, revision };
  };
  const before = await after(many(3), NOW);
  await service.stop();
  const restored = await after(many(4), '2026-06-01T12:00:01.000Z', before.tag);
  expect(restored.revision).toBe(before.revision);
  expect(restored.body).not.toBe(before.body);
  expect(restored.status).toBe(200);
});

test('so does time, as far as it shows: a token that expires, a source that is stale', async () => {
  const fresh = { ...many(1), source: { id: 'many:acme', syncedAt: '2026-06-01T11:00:00.000Z' } };
  await serve();
  await service.import(fresh);
  const { clock } = service.tendril as { clock: { now: () => number } };
  const start = Date.parse(NOW);
  const after = (hours: number) => {
    clock.now = () => start + hours * 3_600_000;
  };
  const asked = { human: 'hr:ada' };
  const first = await get('radius', asked, seen(3));
  after(1);
  expect(await get('radius', asked, { tag: first.tag })).toMatchObject({ status: 304 });
  after(24);
  const stale = await get('radius', asked, { tag: first.tag });
  expect(stale.status).toBe(200);
  after(24 * 213);
  expect(await get('radius', asked, { tag: stale.tag })).toMatchObject({ status: 304 });
  after(24 * 215);
  const expired = await get('radius', asked, { tag: stale.tag });
  expect(expired.status).toBe(200);
  const exposed = ({ body }: Got) => at(JSON.parse(body), 'data.blastRadius.exposure.totalCount') as number;
  expect(exposed(expired)).toBeLessThan(exposed(stale));
});

test('numbers of the state before have no name: they are about to change', async () => {
  const held = new HeldStore();
  await serve({ around: held.around });
  const first = await get('overview', {}, seen(2));
  expect(first.tag).not.toBeNull();
  // Every aggregate counts statuses in the store.
  held.hold('list');
  await service.import(many(5));
  const before = await get('overview', {}, { tag: first.tag });
  held.letGo();
  expect([before.status, before.tag, before.body]).toEqual([200, null, first.body]);
  expect(before.headers.get('cache-control')).toBe('no-store');
  const after = await get('overview', {}, { tag: first.tag, ...seen(3) });
  expect(at(JSON.parse(after.body), 'data.overview.revision')).toBe('3');
  expect([null, first.tag]).not.toContain(after.tag);
});

test.each([
  ['what may change while the graph stands still', 'mixed', {}],
  ['who somebody is', 'viewer', {}],
  ['an error', 'radius', { human: 'hr:nobody' }],
  ['what cannot be asked', 'radius', {}],
] as const)('%s has no name', async (_what, name, variables) => {
  await serve();
  const answer = await get(name, variables);
  expect(answer.tag).toBeNull();
  expect(answer.headers.get('cache-control')).toBe('no-store');
});

test('nor has what cannot be looked at in time, and the error says that', async () => {
  await serve({ limits: { operationMillis: 50 } });
  const { tag, body } = await get('people', {}, seen(1000));
  expect(tag).toBeNull();
  expect(at(JSON.parse(body), 'errors.0')).toMatchObject({
    path: ['entities'],
    extensions: { code: 'LIMIT_EXCEEDED', limit: 'operationMillis' },
  });
});

test('nor has an answer out of the store, nor one by POST', async () => {
  await serve({ index: 'store' });
  expect(await get('people')).toMatchObject({ status: 200, tag: null });
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...service.headers('VIEWER') },
    body: JSON.stringify({ documentId: 'people' }),
  });
  expect([response.status, response.headers.get('etag')]).toEqual([200, null]);
});
