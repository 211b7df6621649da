import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { viewerOf } from '../../src/client/in-process/viewer-of.js';
import { ConfigError, readConfig } from '../../src/config.js';
import { serve } from '../../src/main/serve.js';
import { AUDIENCE, makeKey, TestProvider } from '../http/oidc/provider.js';
import { ServiceProcess } from '../support/service-process.js';

let folder: string;
let provider: TestProvider;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-sign-in-'));
  provider = await TestProvider.start(await makeKey('only'));
});
afterAll(async () => {
  await provider.stop();
  rmSync(folder, { recursive: true, force: true });
});

const configured = (roles = '{ "claim": "groups", "roles": { "security": ["VIEWER"] } }') => {
  const file = join(folder, 'roles.json');
  writeFileSync(file, roles);
  return {
    TENDRIL_STORE: 'sqlite::memory:',
    TENDRIL_DEMO: 'off',
    TENDRIL_PORT: '0',
    TENDRIL_OIDC_ISSUER: provider.issuer,
    TENDRIL_OIDC_AUDIENCE: AUDIENCE,
    TENDRIL_ROLES: file,
  };
};

describe('a service with an issuer configured', () => {
  test('makes no tokens of its own, may be reached by others, and takes those of the issuer', async () => {
    const said: string[] = [];
    const config = readConfig({ ...configured(), TENDRIL_HOST: '0.0.0.0' });
    const serving = await serve(config, (line) => said.push(line));
    try {
      expect(serving.tokens).toEqual([]);
      expect(said.join('\n')).not.toContain('Bearer');
      expect(said).toContain(
        'No tokens are made at this start: sign-in is configured by TENDRIL_OIDC_ISSUER. Send one of those.',
      );
      const response = await fetch(`${serving.url.replace('0.0.0.0', '127.0.0.1')}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await provider.accessToken()}`,
        },
        body: JSON.stringify({ query: '{ viewer { subject } }' }),
      });
      expect(await response.json()).toEqual({ data: { viewer: { subject: 'dashboard' } } });
    } finally {
      await serving.stop();
    }
  });

  test('does not start with a file of roles that is none, and says the line', async () => {
    const config = readConfig(configured('{\n  "claim": "groups",\n  "roles": { "a": ["KING"] }\n}'));
    const error = await serve(config, () => {}).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ConfigError);
    expect((error as Error).message).toMatch(/^TENDRIL_ROLES: .*roles\.json:3 roles\.a\.0/);
  });

  test('starts and is ready while the issuer is away, and says so in the log and to a monitor', async () => {
    provider.away = true;
    const service = await ServiceProcess.start(folder, { ...configured(), TENDRIL_PORT: '0' });
    try {
      while (!service.said.includes('cannot be reached; its known keys')) {
        expect((await service.get('/health/ready')).status).toBe(200);
        await new Promise((go) => setTimeout(go, 20));
      }
      expect(service.said).toContain(provider.issuer);
      expect((await service.get('/metrics')).text).toContain('\ntendril_issuer_up 0\n');
      expect((await service.ask('{ viewer { subject } }')).status).toBe(200);
      await service.stop();
      expect(service.child.exitCode).toBe(0);
    } finally {
      provider.away = false;
      service.child.kill('SIGKILL');
    }
  });

  test('is the one that the command line asks about its token', async () => {
    const environment = { ...configured(), TENDRIL_TOKEN: await provider.accessToken() };
    expect(await viewerOf(readConfig(environment))).toMatchObject({
      subject: 'dashboard',
      signedInBy: 'oidc',
    });
    const nobody = readConfig({ ...environment, TENDRIL_TOKEN: 'nobody' });
    await expect(viewerOf(nobody)).rejects.toMatchObject({ code: 'UNAUTHENTICATED' });
  });
});

describe('a file of tokens', () => {
  test('that does not exist is reported with the command that makes it', async () => {
    const TENDRIL_TOKENS = join(folder, "anna's tokens.json");
    const read = () => readConfig({ TENDRIL_STORE: 'sqlite::memory:', TENDRIL_TOKENS });
    const told = (() => {
      try {
        read();
      } catch (error) {
        return (error as Error).message;
      }
    })();
    expect(told).toMatch(/tokens\.json, and there is none\. Make it, /);
    const command = /`(echo .*)`\.$/.exec(told ?? '')?.[1]?.replace('TOKEN', 'annas-token') ?? '';
    execFileSync('sh', ['-c', command]);
    const sha256 = createHash('sha256').update('annas-token').digest('hex');
    expect(read().tokens).toEqual([{ sha256, subject: 'anna', roles: ['VIEWER'] }]);
  });

  test('that exists and cannot be read is reported as such', () => {
    const read = () => readConfig({ TENDRIL_STORE: 'sqlite::memory:', TENDRIL_TOKENS: folder });
    expect(read).toThrow(/which cannot be read/);
  });
});
