import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { configTable, VARIABLES } from '../src/config/variables.js';
import { ConfigError, readConfig } from '../src/config.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (name: string, text: string): string => {
  const path = join(folder, name);
  writeFileSync(path, text);
  return path;
};

const problem = (environment: Record<string, string>): string => {
  try {
    readConfig(environment);
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigError);
    return (error as Error).message;
  }
  throw new Error(`Nothing is wrong with ${JSON.stringify(environment)}.`);
};

describe('configuration', () => {
  test('has defaults for everything', () => {
    expect(readConfig({ PATH: '/bin' })).toEqual({
      store: 'sqlite:.tendril/graph.db',
      host: '127.0.0.1',
      port: 4000,
      demo: true,
      index: 'auto',
      indexMemory: null,
      tokens: null,
      webhooks: null,
      corsOrigins: [],
      trustedDocuments: null,
      federation: false,
      traces: null,
      oidc: null,
      staleAfter: 86_400_000,
      warnBefore: 14 * 86_400_000,
      clock: null,
      token: null,
      url: null,
      neo4j: null,
      policy: null,
    });
  });

  test('is read from the environment; an empty value is none', () => {
    const entry = { sha256: 'a'.repeat(64), subject: 'ci', roles: ['IMPORTER'] };
    expect(
      readConfig({
        TENDRIL_STORE: 'sqlite::memory:',
        TENDRIL_HOST: '0.0.0.0',
        TENDRIL_PORT: '0',
        TENDRIL_DEMO: 'off',
        TENDRIL_TOKENS: file('tokens.json', JSON.stringify([entry])),
        TENDRIL_STALE_AFTER: '90m',
        TENDRIL_CLOCK: '2026-11-01T00:00:00.000Z',
        TENDRIL_TOKEN: '',
        TENDRIL_INDEX: 'auto',
      }),
    ).toMatchObject({
      store: 'sqlite::memory:',
      host: '0.0.0.0',
      port: 0,
      demo: false,
      tokens: [entry],
      staleAfter: 5_400_000,
      clock: Date.UTC(2026, 10, 1),
      token: null,
      neo4j: null,
      policy: null,
    });
  });

  test.each([
    ['1048576', 2 ** 20],
    ['512KiB', 2 ** 19],
    ['4 GiB', 2 ** 32],
  ])('takes %s for the memory of the index', (value, bytes) => {
    const config = readConfig({ TENDRIL_INDEX: 'store', TENDRIL_INDEX_MEMORY: value });
    expect(config).toMatchObject({ index: 'store', indexMemory: bytes });
  });

  test.each([
    ['TENDRIL_STORE', 'postgres://x'],
    ['TENDRIL_STORE', 'sqlite:'],
    ['TENDRIL_STORE', 'bolt://127.0.0.1:7687'],
    ['TENDRIL_PORT', '65536'],
    ['TENDRIL_PORT', 'http'],
    ['TENDRIL_DEMO', 'yes'],
    ['TENDRIL_INDEX', 'disk'],
    ['TENDRIL_INDEX_MEMORY', '4 gigabytes'],
    ['TENDRIL_INDEX_MEMORY', '4GB'],
    ['TENDRIL_STALE_AFTER', 'a day'],
    ['TENDRIL_STALE_AFTER', '24'],
    ['TENDRIL_WARN_BEFORE', 'soon'],
    ['TENDRIL_CLOCK', 'noon'],
    ['TENDRIL_TOKENS', 'not/there.json'],
    ['TENDRIL_HOST', '0.0.0.0'],
    ['TENDRIL_HOST', 'localhost:4000'],
    ['TENDRIL_FEDERATION', 'yes'],
    ['TENDRIL_PROT', '4000'],
    ['TENDRIL_URL', 'http://graph.example'],
    ['TENDRIL_URL', 'https://graph.example/?token=abc'],
  ])('says in one sentence what is wrong with %s=%s', (variable, value) => {
    const message = problem({ [variable]: value });
    expect(message).toContain(variable);
    expect(message).toMatch(/^[^\n]*[.]$/);
  });

  test.each(['first-line\nsecond-line', 'trailing ', 'tökén'])(
    'never repeats a token that cannot be sent',
    (token) => {
      const message = problem({ TENDRIL_TOKEN: token });
      expect(message).toContain('TENDRIL_TOKEN');
      expect(message).not.toContain(token.slice(0, 4));
    },
  );

  describe('of sign-in by OpenID Connect', () => {
    const all = {
      TENDRIL_OIDC_ISSUER: 'https://id.example/acme',
      TENDRIL_OIDC_AUDIENCE: 'tendril',
      TENDRIL_ROLES: 'roles.json',
    };

    test('is read, and lets others reach the service', () => {
      expect(readConfig({ ...all, TENDRIL_HOST: '0.0.0.0' })).toMatchObject({
        oidc: { issuer: 'https://id.example/acme', audience: 'tendril', roles: 'roles.json' },
        tokens: null,
      });
    });

    test.each(Object.keys(all))('is refused without %s', (variable) => {
      expect(problem({ ...all, [variable]: '' })).toMatch(new RegExp(`; set ${variable} as well`));
    });

    test.each([
      'http://id.example',
      'https://ada:pass@id.example',
      'https://id.example/#a',
      'id.example',
      'ftp://127.0.0.1',
    ])('takes no issuer %s', (issuer) => {
      const message = problem({ ...all, TENDRIL_OIDC_ISSUER: issuer });
      expect(message).toMatch(/^TENDRIL_OIDC_ISSUER is an https address/);
      expect(message).not.toContain('pass@');
    });

    test.each(['http://127.0.0.1:9000', 'http://localhost', 'http://[::1]:9000'])('takes %s', (issuer) => {
      expect(readConfig({ ...all, TENDRIL_OIDC_ISSUER: issuer }).oidc?.issuer).toBe(issuer);
    });
  });

  test.each(['127.0.0.1', '::1', 'localhost'])('takes %s as a host', (host) => {
    expect(readConfig({ TENDRIL_HOST: host }).host).toBe(host);
  });

  test.each([
    'http://localhost',
    'localhost:4000',
    '[::1]',
    '127.0.0.999',
    '127.0.0.1 ',
    '-a',
    'a..b',
    '4000',
  ])('quotes %s, which is no host, before it says anything of sign-in', (host) => {
    const message = problem({ TENDRIL_HOST: host });
    expect(message).toMatch(/^TENDRIL_HOST is a host name or an IP address/);
    expect(message).toContain(`"${host}"`);
  });

  test.each([
    ['is empty', '[]'],
    ['is no list', '{}'],
    ['is no JSON', 'x'],
    ['has no hash', '[{ "sha256": "secret", "subject": "a", "roles": ["VIEWER"] }]'],
    ['names an unknown role', `[{ "sha256": "${'a'.repeat(64)}", "subject": "a", "roles": ["KING"] }]`],
    ['names nobody', `[{ "sha256": "${'a'.repeat(64)}", "subject": "", "roles": ["VIEWER"] }]`],
  ])('refuses a file of tokens that %s, and repeats nothing of it', (name, text) => {
    const message = problem({ TENDRIL_TOKENS: file(`${name.replaceAll(' ', '-')}.json`, text) });
    expect(message).toContain('TENDRIL_TOKENS');
    expect(message).not.toMatch(/"secret"|KING|a{64}/);
  });

  test('makes a subgraph, but not where only trusted documents run: a gateway has operations of its own', () => {
    expect(readConfig({ TENDRIL_FEDERATION: 'on' }).federation).toBe(true);
    const trusted = { TENDRIL_TRUSTED_DOCUMENTS: 'documents.json' };
    expect(readConfig({ ...trusted, TENDRIL_FEDERATION: 'off' }).federation).toBe(false);
    expect(problem({ ...trusted, TENDRIL_FEDERATION: 'on' })).toMatch(
      /keep the trusted documents at the gateway/,
    );
  });

  test('is in the table', () => {
    const table = configTable();
    for (const { variable } of VARIABLES) expect(table).toContain(`\`${variable}\` |`);
  });

  describe('of a Neo4j store', () => {
    const at = { TENDRIL_STORE: 'neo4j://graph.example:7687' };

    test('needs a password, and takes a user and a database', () => {
      expect(() => readConfig(at)).toThrow(/TENDRIL_NEO4J_PASSWORD/);
      const signIn = { TENDRIL_NEO4J_PASSWORD: 'kept out of sight', TENDRIL_NEO4J_DATABASE: 'people' };
      expect(readConfig({ ...at, ...signIn }).neo4j).toEqual({
        user: 'neo4j',
        password: 'kept out of sight',
        database: 'people',
      });
    });

    test('is refused where the address has a password in it, and the sentence does not repeat it', () => {
      const store = 'bolt://ada:kept-out-of-sight@graph.example:7687';
      expect(() => readConfig({ TENDRIL_STORE: store })).toThrow(/TENDRIL_NEO4J_PASSWORD/);
      expect(() => readConfig({ TENDRIL_STORE: store })).not.toThrow(/kept-out-of-sight/);
    });
  });

  test('leaves what tests say to one another alone', () => {
    expect(readConfig({ TENDRIL_TEST_ANYTHING: 'x' }).port).toBe(4000);
  });
});
