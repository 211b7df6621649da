import { createHmac, createPublicKey } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import { AccessTokens, CLOCK_SKEW } from '../../../src/http/oidc/access-tokens.js';
import { KEY_TIMES, type KeyTimes } from '../../../src/http/oidc/issuer-keys.js';
import type { RoleMap } from '../../../src/http/oidc/role-map.js';
import { at, TestService } from '../../api/service.js';
import { AUDIENCE, forge, makeKey, type ProviderKey, TestProvider } from './provider.js';

const ROLES: RoleMap = { claim: 'groups', roles: { security: ['AUDITOR', 'PLANNER'] } };
const WHO = '{ viewer { subject roles signedInBy expiresAt } }';

let first: ProviderKey;
let provider: TestProvider;
let service: TestService;

const signInWith = (times?: KeyTimes, roles = ROLES) =>
  new AccessTokens({ issuer: provider.issuer, audience: AUDIENCE, roles }, times);

beforeAll(async () => {
  first = await makeKey('first');
  provider = await TestProvider.start(first);
  service = await TestService.start({}, [], signInWith());
});
afterAll(async () => {
  await service.stop();
  await provider.stop();
});

const bearer = (token: string) => ({ role: null, headers: { authorization: `Bearer ${token}` } });

describe('an access token of the issuer', () => {
  test('signs a program in, with the roles of its groups, until it ends', async () => {
    const token = await provider.accessToken();
    expect(decodeProtectedHeader(token)).toMatchObject({ alg: 'RS256', typ: 'at+jwt' });
    const { exp = 0 } = decodeJwt(token);
    expect(await service.data(WHO, bearer(token))).toEqual({
      viewer: {
        subject: 'dashboard',
        roles: ['PLANNER', 'AUDITOR'],
        signedInBy: 'oidc',
        expiresAt: new Date((exp + CLOCK_SKEW) * 1000).toISOString(),
      },
    });
  });

  test('signs a person in by their subject', async () => {
    const { accessToken } = await provider.signedIn('ada');
    expect(at(await service.data(WHO, bearer(accessToken)), 'viewer.subject')).toBe('ada');
  });

  test('does not take the place of static tokens', async () => {
    expect(await service.data(WHO, { role: 'VIEWER' })).toEqual({
      viewer: { subject: 'viewer', roles: ['VIEWER'], signedInBy: 'static-token', expiresAt: null },
    });
  });

  test('with no role in it is refused with the reason', async () => {
    const token = await forge(first, { ...good(), groups: ['visitors', 'toString'] });
    const { status, errors } = await service.ask(WHO, bearer(token));
    expect([status, errors[0]?.extensions.code]).toEqual([403, 'FORBIDDEN']);
  });
});

const seconds = () => Math.floor(Date.now() / 1000);
const good = (): JWTPayload => ({
  iss: provider.issuer,
  aud: AUDIENCE,
  sub: 'mallory',
  exp: seconds() + 600,
  groups: ['security'],
});
const without = (name: string): JWTPayload => {
  const { [name]: _, ...rest } = good();
  return rest;
};
const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** Every way in which a token is not valid, though much about it is; and what its holder is told. */
const REFUSED: Readonly<Record<string, readonly [() => Promise<string> | string, RegExp]>> = {
  'another issuer': [() => forge(first, { ...good(), iss: 'https://elsewhere.example' }), /another issuer/],
  'another audience': [() => provider.accessToken('https://elsewhere.example/api'), /another service/],
  'no audience': [() => forge(first, without('aud')), /another service/],
  'no end': [() => forge(first, without('exp')), /Sign in again/],
  'no subject': [() => forge(first, without('sub')), /Sign in again/],
  'an empty subject': [() => forge(first, { ...good(), sub: '' }), /not valid/],
  'an end that is past': [
    () => forge(first, { ...good(), exp: seconds() - CLOCK_SKEW - 5 }),
    /has expired\. Sign in again/,
  ],
  'a beginning that is ahead': [
    () => forge(first, { ...good(), nbf: seconds() + CLOCK_SKEW + 60 }),
    /not valid yet; compare the clocks/,
  ],
  'the kind of an ID token': [() => forge(first, good(), { typ: 'JWT' }), /may be an ID token/],
  'the algorithm none': [
    () => `${part({ alg: 'none', typ: 'at+jwt' })}.${part(good())}.`,
    /The access token is not valid\./,
  ],
  'the public key as a shared one': [
    () => {
      const pem = createPublicKey({ key: first.jwk as never, format: 'jwk' }).export({
        type: 'spki',
        format: 'pem',
      });
      const text = `${part({ alg: 'HS256', typ: 'at+jwt', kid: first.kid })}.${part(good())}`;
      return `${text}.${createHmac('sha256', pem).update(text).digest('base64url')}`;
    },
    /The access token is not valid\./,
  ],
  'a key of somebody else': [
    async () => forge(await makeKey('first'), good()),
    /The access token is not valid\./,
  ],
  'a key that it brings along': [
    async () => {
      const own = await makeKey('own');
      return forge(own, good(), { jwk: own.jwk } as never);
    },
    /The access token is not valid\./,
  ],
  'another body under the signature': [
    async () => {
      const [head, , signature] = (await provider.accessToken()).split('.');
      return `${head}.${part({ ...good(), sub: 'root' })}.${signature}`;
    },
    /The access token is not valid\./,
  ],
};

describe('a token is refused that has', () => {
  test.each(Object.entries(REFUSED))('%s', async (_name, [make, told]) => {
    const token = await make();
    const response = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...bearer(token).headers },
      body: JSON.stringify({ query: WHO }),
    });
    const { errors } = (await response.json()) as { errors: { message: string; extensions: unknown }[] };
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    expect(errors[0]?.message).toMatch(told);
    expect([response.status, response.headers.get('www-authenticate')]).toEqual([
      401,
      'Bearer error="invalid_token"',
    ]);
    expect(service.logged.join('')).not.toContain(token);
  });

  test('been made for the client, not for the service: an ID token', async () => {
    const { idToken } = await provider.signedIn('ada');
    expect(decodeJwt(idToken)).toMatchObject({ sub: 'ada', nonce: 'of-this-sign-in' });
    expect((await service.ask(WHO, bearer(idToken))).errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  test('a good form, as the same claims signed by the issuer are let through', async () => {
    const token = await forge(first, { ...good(), exp: seconds() - 5, nbf: seconds() + 5 });
    expect(at(await service.data(WHO, bearer(token)), 'viewer.subject')).toBe('mallory');
  });
});

describe('an issuer that does not follow RFC 9068', () => {
  test('is taken where the file of roles says so, and its ID tokens are not', async () => {
    const lenient = signInWith(KEY_TIMES, { ...ROLES, tokenType: 'JWT' });
    const token = await forge(first, good(), { typ: 'JWT' });
    expect(await lenient.viewerOf(token)).toMatchObject({ subject: 'mallory' });
    const id = await forge(first, { ...good(), nonce: 'x' }, { typ: 'JWT' });
    await expect(lenient.viewerOf(id)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('keys of the issuer', () => {
  beforeEach(() => {
    provider.away = false;
    provider.rotate(first);
    provider.keyReads = 0;
  });

  test('are read once, and again when a token names another', async () => {
    const signIn = signInWith({ ...KEY_TIMES, cooldown: 0 });
    const old = await provider.accessToken();
    await Promise.all([signIn.viewerOf(old), signIn.viewerOf(old)]);
    await signIn.viewerOf(old);
    expect(provider.keyReads).toBe(1);
    provider.rotate(await makeKey('second'));
    const fresh = await provider.accessToken();
    expect(await signIn.viewerOf(fresh)).toMatchObject({ subject: 'dashboard' });
    expect(provider.keyReads).toBe(2);
    // The issuer has taken its old key back, and with it what it signed.
    await expect(signIn.viewerOf(old)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  test('are not read again for every invented key id', async () => {
    const signIn = signInWith();
    await signIn.viewerOf(await provider.accessToken());
    for (const kid of ['a', 'b', 'c']) {
      const token = await forge(first, good(), { kid });
      await expect(signIn.viewerOf(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    }
    expect(provider.keyReads).toBe(1);
  });

  test('are not read for a token that is not the issuer’s at all', async () => {
    const token = await forge(first, { ...good(), iss: 'https://elsewhere.example' });
    await expect(signInWith().viewerOf(token)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
    expect(provider.keyReads).toBe(0);
  });

  test('are read again when they are old, and kept a while where that fails', async () => {
    const token = await provider.accessToken();
    const signIn = signInWith({ refreshAfter: 0, keepFor: 60_000, cooldown: 0 });
    await signIn.viewerOf(token);
    await signIn.viewerOf(token);
    expect(provider.keyReads).toBe(2);
    provider.away = true;
    expect(await signIn.viewerOf(token)).toMatchObject({ subject: 'dashboard' });
    const unknown = await forge(await makeKey('third'), good());
    await expect(signIn.viewerOf(unknown)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });

  test('are not used for longer than they may be kept', async () => {
    const signIn = signInWith({ refreshAfter: 60_000, keepFor: 0, cooldown: 0 });
    await expect(signIn.viewerOf(await provider.accessToken())).rejects.toMatchObject({
      code: 'UNAVAILABLE',
    });
  });

  test('that cannot be read are not the caller’s fault: 503, and not 401', async () => {
    const token = await provider.accessToken();
    provider.away = true;
    const cut = await TestService.start({}, [], signInWith());
    try {
      const { status, errors } = await cut.ask(WHO, bearer(token));
      expect([status, errors[0]?.extensions.code]).toEqual([503, 'UNAVAILABLE']);
      expect(cut.logged.join('')).toContain('sign-in could not be checked');
      expect((await cut.ask(WHO, { role: 'VIEWER' })).status).toBe(200);
      expect((await cut.ask(WHO, bearer('nobody'))).status).toBe(401);
    } finally {
      await cut.stop();
    }
  });

  test('are read at the start, and again after a failure; each change is logged once', async () => {
    const token = await provider.accessToken();
    provider.away = true;
    const told: unknown[] = [];
    const times = { refreshAfter: 0, keepFor: 60_000, cooldown: 10 };
    const issuer = { issuer: provider.issuer, audience: AUDIENCE, roles: ROLES };
    const signIn = new AccessTokens(issuer, times, (trouble) => told.push(trouble));
    expect(signIn.issuerReached).toBe(true);
    const asked = provider.asked;
    signIn.begin();
    const until = async (done: () => boolean) => {
      while (!done()) await new Promise((go) => setTimeout(go, 5));
    };
    await until(() => provider.asked > asked + 2);
    expect([signIn.issuerReached, told]).toEqual([false, [expect.anything()]]);
    provider.away = false;
    await until(() => signIn.issuerReached);
    expect(told).toEqual([expect.anything(), null]);
    provider.away = true;
    while (signIn.issuerReached) await signIn.viewerOf(token);
    provider.away = false;
    await until(() => signIn.issuerReached);
    expect(told).toEqual([expect.anything(), null, expect.anything(), null]);
    signIn.end();
  });

  test('are those of the issuer itself: a discovery document of another is not taken', async () => {
    const elsewhere = provider.issuer.replace('127.0.0.1', 'localhost');
    const signIn = new AccessTokens({ issuer: elsewhere, audience: AUDIENCE, roles: ROLES });
    const token = await forge(first, { ...good(), iss: elsewhere });
    await expect(signIn.viewerOf(token)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
  });
});
