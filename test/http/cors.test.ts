import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { WebSocket } from 'ws';
import { readConfig } from '../../src/config.js';
import { TestService } from '../api/service.js';

const OURS = 'https://dashboard.example';

let service: TestService;
let closed: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [], null, { corsOrigins: [OURS] });
  closed = await TestService.start();
});
afterAll(() => Promise.all([service.stop(), closed.stop()]));

const preflight = (asked: TestService, origin: string) =>
  fetch(`${asked.url}/graphql`, {
    method: 'OPTIONS',
    headers: {
      origin,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'authorization',
    },
  });

describe('a page in a browser', () => {
  test('of an origin that was named may ask whether it may, and ask', async () => {
    const may = await preflight(service, OURS);
    expect(may.status).toBe(204);
    expect(may.headers.get('access-control-allow-origin')).toBe(OURS);
    expect(may.headers.get('access-control-allow-headers')).toContain('Authorization');
    const asked = await fetch(`${service.url}/graphql`, {
      method: 'POST',
      headers: { origin: OURS, 'content-type': 'application/json', ...service.headers('VIEWER') },
      body: JSON.stringify({ query: '{ viewer { subject } }' }),
    });
    expect([asked.status, asked.headers.get('access-control-allow-origin')]).toEqual([200, OURS]);
    expect(asked.headers.get('vary')).toContain('Origin');
    for (const { headers } of [may, asked])
      expect(headers.get('access-control-allow-credentials')).toBeNull();
  });

  test.each([
    'https://dashboard.example.evil.example',
    'http://dashboard.example',
    'https://dashboard.example:8443',
    'null',
    '*',
  ])('of another origin may not: %s', async (origin) => {
    const { status, headers } = await preflight(service, origin);
    expect([status, headers.get('access-control-allow-origin')]).toEqual([401, null]);
  });

  test('may not where no origin is configured', async () => {
    const { headers } = await preflight(closed, OURS);
    expect(headers.get('access-control-allow-origin')).toBeNull();
  });

  test('of an origin that was named may subscribe, and of no other', async () => {
    const opens = (asked: TestService, origin: string) =>
      new Promise<boolean>((resolve) => {
        const url = `${asked.url.replace('http', 'ws')}/graphql`;
        const socket = new WebSocket(url, 'graphql-transport-ws', { origin });
        socket.once('open', () => {
          socket.terminate();
          resolve(true);
        });
        socket.once('error', () => resolve(false));
      });
    const tried = [opens(service, OURS), opens(service, `${OURS}:8443`), opens(closed, OURS)];
    expect(await Promise.all(tried)).toEqual([true, false, false]);
  });
});

describe('TENDRIL_CORS_ORIGINS', () => {
  test('is read as a list', () => {
    const { corsOrigins } = readConfig({ TENDRIL_CORS_ORIGINS: `${OURS}, http://localhost:3000` });
    expect(corsOrigins).toEqual([OURS, 'http://localhost:3000']);
    expect(readConfig({}).corsOrigins).toEqual([]);
  });

  test.each([
    '*',
    'https://*.example',
    `${OURS}/`,
    'null',
    'dashboard.example',
    'https://A.example',
    'https://a.example,',
  ])('refuses what is no origin: %s', (value) => {
    expect(() => readConfig({ TENDRIL_CORS_ORIGINS: value })).toThrow(/TENDRIL_CORS_ORIGINS has/);
  });
});
