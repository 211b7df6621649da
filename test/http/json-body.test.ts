import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../src/model/roles.js';
import { TestService } from '../api/service.js';
import { untilSo } from '../support/until.js';

const LIMITS = {
  requestBytes: 1000,
  snapshotRequestBytes: 3000,
  requestBytesAtOnce: 1500,
  callBackBytes: 500,
} as const;

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ limits: LIMITS });
});
afterAll(() => service.stop());

/** The first error of a question that is so long, by its limit; undefined: it was answered. */
async function over(bytes: number, role: Role = 'VIEWER') {
  const { status, errors } = await service.ask(`{ viewer { subject } } #${'x'.repeat(bytes)}`, { role });
  return errors[0] && [status, errors[0].extensions.code, errors[0].extensions.limit];
}

/** Begins a request whose body does not come. @returns ends it */
function begin(role: Role, length: string): Promise<() => void> {
  const { hostname, port } = new URL(service.url);
  const signedIn = service.headers(role).authorization;
  const socket = connect(Number(port), hostname);
  const head = [
    'POST /graphql HTTP/1.1',
    'Host: x',
    `Authorization: ${signedIn}`,
    length,
    'Expect: 100-continue',
  ];
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    // 100 Continue: it was looked at as far as it is here.
    socket.once('data', () => resolve(() => socket.destroy()));
    socket.write(`${head.join('\r\n')}\r\nContent-Type: application/json\r\n\r\n`);
  });
}

describe('the body of a request to /graphql', () => {
  test('may be long only for subjects that may import snapshots', async () => {
    expect(await over(500)).toBeUndefined();
    expect(await over(1500)).toEqual([413, 'LIMIT_EXCEEDED', 'requestBytes']);
    expect(await over(1500, 'IMPORTER')).toBeUndefined();
    expect(await over(3500, 'IMPORTER')).toEqual([413, 'LIMIT_EXCEEDED', 'snapshotRequestBytes']);
  });

  const PACKED = 'Content-Length: 90\r\nContent-Encoding: gzip';
  test.each(['Content-Length: 900', 'Transfer-Encoding: chunked', PACKED])(
    'counts together with the others of its subject that are here: %s',
    async (length) => {
      const end = await begin('VIEWER', length);
      expect(await over(700)).toEqual([429, 'RATE_LIMITED', 'requestBytesAtOnce']);
      expect(await over(700, 'AUDITOR')).toBeUndefined();
      expect(await over(100)).toBeUndefined();
      end();
      await untilSo(async () => (await over(700)) === undefined);
    },
  );
});

test('a callback that is too long gets an error with its own limit', async () => {
  const response = await fetch(`${service.url}/webhooks/actions/${'f'.repeat(64)}`, {
    method: 'POST',
    body: 'x'.repeat(600),
  });
  expect(response.status).toBe(413);
  expect(await response.json()).toMatchObject({ error: { limit: 'callBackBytes', value: 500 } });
});
