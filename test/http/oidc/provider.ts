import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose';
import Provider from 'oidc-provider';
import { memoryAdapter } from './memory-adapter.js';

export const AUDIENCE = 'https://tendril.example/api';
const CLIENT = { client_id: 'dashboard', client_secret: 'a-secret-of-this-test-only' };
const REDIRECT = 'https://dashboard.example/done';

/** A key of the provider: the private half, which the provider signs with and tests forge with. */
export interface ProviderKey {
  readonly kid: string;
  readonly jwk: JWK;
}

export async function makeKey(kid: string, alg: 'RS256' | 'ES256' = 'RS256'): Promise<ProviderKey> {
  const { privateKey } = await generateKeyPair(alg, { extractable: true });
  return { kid, jwk: { ...(await exportJWK(privateKey)), kid, alg, use: 'sig' } };
}

/** A real OpenID provider on loopback, whose keys can be changed and which can be cut off. */
export class TestProvider {
  issuer = '';
  /** How often its keys were asked for. */
  keyReads = 0;
  /** How often it was asked for anything, also while it is away. */
  asked = 0;
  /** While set, every connection is broken off. */
  away = false;
  #provider!: Provider;
  #answer!: (request: IncomingMessage, response: ServerResponse) => void;
  #server!: Server;

  static async start(key: ProviderKey): Promise<TestProvider> {
    const test = new TestProvider();
    test.#server = createServer((request, response) => {
      test.asked += 1;
      if (test.away) {
        request.socket.destroy();
        return;
      }
      if (request.url === '/jwks') test.keyReads += 1;
      test.#answer(request, response);
    });
    await new Promise<void>((resolve) => test.#server.listen(0, '127.0.0.1', resolve));
    test.issuer = `http://127.0.0.1:${(test.#server.address() as AddressInfo).port}`;
    test.rotate(key);
    return test;
  }

  /** From now on it signs with other keys, and tells only these. */
  rotate(...keys: readonly ProviderKey[]): void {
    this.#provider = new Provider(this.issuer, {
      adapter: memoryAdapter(),
      ttl: { AccessToken: 600, ClientCredentials: 600, Grant: 600, IdToken: 600 },
      jwks: { keys: keys.map(({ jwk }) => jwk) as never },
      clients: [
        {
          ...CLIENT,
          redirect_uris: [REDIRECT],
          grant_types: ['client_credentials', 'authorization_code'],
        },
      ],
      findAccount: (_ctx, sub) => ({ accountId: sub, claims: async () => ({ sub }) }),
      extraTokenClaims: () => ({ groups: ['security', 'nobody-knows-this-one'] }),
      pkce: { required: () => false },
      cookies: { keys: ['of this test only'] },
      features: {
        devInteractions: { enabled: false },
        clientCredentials: { enabled: true },
        resourceIndicators: {
          enabled: true,
          defaultResource: () => AUDIENCE,
          useGrantedResource: () => true,
          getResourceServerInfo: (_ctx, audience) => ({
            scope: 'read',
            audience,
            accessTokenFormat: 'jwt',
            accessTokenTTL: 600,
            jwt: { sign: { alg: 'RS256' } },
          }),
        },
      },
    });
    this.#answer = this.#provider.callback();
  }

  /** An access token for a service, as the provider gives one to a program. */
  async accessToken(resource = AUDIENCE): Promise<string> {
    const { access_token: token } = await this.#token({ grant_type: 'client_credentials', resource });
    return String(token);
  }

  /** What a person who signed in gets: an ID token, and an access token with their subject. */
  async signedIn(subject: string): Promise<{ idToken: string; accessToken: string }> {
    const client = await this.#provider.Client.find(CLIENT.client_id);
    const grant = new this.#provider.Grant({ accountId: subject, clientId: CLIENT.client_id });
    grant.addOIDCScope('openid');
    grant.addResourceScope(AUDIENCE, 'read');
    const code = new this.#provider.AuthorizationCode({
      client: client!,
      accountId: subject,
      redirectUri: REDIRECT,
      scope: 'openid read',
      resource: AUDIENCE,
      grantId: await grant.save(),
      gty: 'authorization_code',
      nonce: 'of-this-sign-in',
    });
    const answer = await this.#token({
      grant_type: 'authorization_code',
      redirect_uri: REDIRECT,
      code: await code.save(),
    });
    return { idToken: String(answer.id_token), accessToken: String(answer.access_token) };
  }

  async #token(form: Record<string, string>): Promise<Record<string, unknown>> {
    const basic = Buffer.from(`${CLIENT.client_id}:${CLIENT.client_secret}`).toString('base64');
    const response = await fetch(`${this.issuer}/token`, {
      method: 'POST',
      headers: { authorization: `Basic ${basic}` },
      body: new URLSearchParams(form),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new Error(JSON.stringify(answer));
    return answer;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}

/** A token that somebody makes with a key of the provider, to see what is let through. */
export function forge(
  { kid, jwk }: ProviderKey,
  claims: JWTPayload,
  header: { typ?: string; alg?: string; kid?: string } = {},
): Promise<string> {
  return new SignJWT(claims)
    .setProtectedHeader({ alg: jwk.alg ?? 'RS256', kid, typ: 'at+jwt', ...header })
    .sign(jwk);
}
