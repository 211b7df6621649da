import { afterAll, afterEach, beforeAll, expect, test } from '@jest/globals';
import { AccessTokens, CLOCK_SKEW } from '../../../src/http/oidc/access-tokens.js';
import { CODE, HR } from '../../api/company.js';
import { at, TestService } from '../../api/service.js';
import { AUDIENCE, forge, makeKey, type ProviderKey, TestProvider } from '../oidc/provider.js';
import { Listener, untilSubscribed } from './listener.js';

const ROLES = { claim: 'groups', roles: { security: ['AUDITOR'] } } as const;
const CHANGED = 'subscription { graphChanged { revision } }';
const AUDIT = 'subscription { auditEventAdded { seq } }';

const LATER = {
  ...CODE,
  mode: 'delta',
  entities: [{ kind: 'App', id: 'code:late', name: 'late' }],
  relationships: [],
};

let key: ProviderKey;
let provider: TestProvider;
let service: TestService;
const listeners: Listener[] = [];

beforeAll(async () => {
  key = await makeKey('first');
  provider = await TestProvider.start(key);
  const signIn = new AccessTokens({ issuer: provider.issuer, audience: AUDIENCE, roles: ROLES });
  service = await TestService.start({}, [HR], signIn);
  // The keys of the issuer are read now, and not while the first seconds of a sign-in pass.
  const headers = { authorization: await tokenFor(600) };
  await service.data('{ viewer { subject } }', { role: null, headers });
});
afterEach(async () => {
  await Promise.all(listeners.splice(0).map((listener) => listener.stop()));
  await untilSubscribed(service.url, 0);
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
});

function listener(authorization: string | undefined, lazy = true): Listener {
  const made = new Listener(service.url, authorization, lazy);
  listeners.push(made);
  return made;
}

/** An access token that is good for so many seconds, at most one less. */
async function tokenFor(seconds: number): Promise<string> {
  const exp = Math.floor(Date.now() / 1000) - CLOCK_SKEW + seconds;
  const claims = { iss: provider.issuer, aud: AUDIENCE, sub: 'ada', exp, groups: ['security'] };
  return `Bearer ${await forge(key, claims)}`;
}

test('a sign-in that expires ends its own connection and subscriptions, and no others', async () => {
  const [passing, staying] = [listener(await tokenFor(4)), listener(service.headers('VIEWER').authorization)];
  const ended = [passing.hear(CHANGED), passing.hear(AUDIT)].map((heard) => heard.next());
  const told = staying.hear(CHANGED).next();
  await untilSubscribed(service.url, 3);

  const closed = { code: 4401, reason: 'The sign-in has ended. Sign in again.' };
  expect(await passing.closed).toEqual(closed);
  for (const heard of ended) await expect(heard).rejects.toMatchObject(closed);
  await untilSubscribed(service.url, 1);

  const revision = await service.import(CODE);
  expect(at(await told, 'data.graphChanged.revision')).toBe(String(revision));
});

test('a client that is silent when its sign-in expires receives nothing more', async () => {
  const passing = listener(await tokenFor(4));
  const heard = passing.hear(CHANGED).next();
  await untilSubscribed(service.url, 1);
  passing.socket!.pause();
  await untilSubscribed(service.url, 0);
  await service.import(LATER);
  passing.socket!.resume();
  await expect(heard).rejects.toMatchObject({ code: 4401 });
});

test('a sign-in that has ended begins no connection', async () => {
  const { code, reason } = await listener(await tokenFor(-1), false).closed;
  expect(code).toBe(4401);
  expect(reason).toMatch(/^The sign-in has expired\. Sign in again/);
});
