import { connect, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../src/model/roles.js';
import { CODE, HR } from '../api/company.js';
import { TestService } from '../api/service.js';
import { untilSo } from '../support/until.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR, CODE]);
});
afterAll(() => service.stop());

async function get(query = '', role: Role | null = 'VIEWER', to = service) {
  const response = await fetch(`${to.url}/export${query}`, { headers: to.headers(role) });
  const text = await response.text();
  const lines = text.split('\n').filter(Boolean);
  return { status: response.status, lines: lines.map((line) => JSON.parse(line) as Record<string, unknown>) };
}

/** The sources that lines of an export have a header of, in order. */
const headersIn = (lines: readonly Record<string, unknown>[]) =>
  lines.flatMap(({ source }) => (source === undefined ? [] : [(source as { id: string }).id]));

describe('GET /export', () => {
  test('says what comes, and then one snapshot after the other', async () => {
    const { status, lines } = await get();
    const ids = [HR, CODE].map(({ source }) => source.id).sort();
    expect(status).toBe(200);
    expect(lines[0]).toEqual({ export: { revision: '2', sources: ids } });
    expect(headersIn(lines)).toEqual(ids);
    expect(lines.filter(({ entity }) => entity !== undefined)).toHaveLength(
      HR.entities.length + CODE.entities.length,
    );
  });

  test('has one source, or a moment at which there was nothing', async () => {
    const { id } = HR.source;
    const one = await get(`?source=${encodeURIComponent(id)}`);
    expect(headersIn(one.lines)).toEqual([id]);
    const { lines } = await get('?asOf=1970-01-01T00:00:00Z');
    expect(lines).toEqual([{ export: { revision: '0', sources: [] } }]);
  });

  test.each([
    ['?source=nobody', 404, 'NOT_FOUND'],
    ['?asOf=yesterday', 400, 'BAD_INPUT'],
    ['?force=true', 400, 'BAD_INPUT'],
  ])('refuses %s', async (query, status, code) => {
    const answer = await get(query);
    expect([answer.status, answer.lines[0]]).toEqual([status, { error: expect.objectContaining({ code }) }]);
  });

  test('is for whoever may read, one after the other where there are too many', async () => {
    expect((await get('', null)).status).toBe(401);
    expect((await get('', 'IMPORTER')).lines[0]).toMatchObject({ error: { code: 'FORBIDDEN' } });
    const none = await TestService.start({ limits: { exportsAtOnce: 0 } });
    try {
      expect((await get('', 'VIEWER', none)).lines[0]).toMatchObject({
        error: { code: 'LIMIT_EXCEEDED', limit: 'exportsAtOnce' },
      });
    } finally {
      await none.stop();
    }
    const response = await fetch(`${service.url}/export`, {
      method: 'POST',
      headers: service.headers('ADMIN'),
    });
    expect([response.status, response.headers.get('allow')]).toEqual([405, 'GET, HEAD']);
  });

  test('answers HEAD without running an export', async () => {
    const head = (query: string, role: Role) =>
      fetch(`${none.url}/export${query}`, { method: 'HEAD', headers: none.headers(role) });
    const none = await TestService.start({ limits: { exportsAtOnce: 0 } });
    try {
      const { status, headers } = await head('', 'VIEWER');
      expect([status, headers.get('content-type')]).toEqual([200, 'application/x-ndjson']);
      expect((await head('?asOf=yesterday', 'VIEWER')).status).toBe(400);
      expect((await head('', 'IMPORTER')).status).toBe(403);
    } finally {
      await none.stop();
    }
  });
});

describe('an export whose reader takes nothing', () => {
  /** More than the sockets on both sides hold. */
  const large = {
    ...HR,
    entities: Array.from({ length: 200 }, (_, at) => ({
      kind: 'Human',
      id: `hr/person/${at}`,
      attributes: Object.fromEntries(Array.from({ length: 20 }, (_, key) => [key, 'x'.repeat(8000)])),
    })),
    relationships: [],
  };

  /** Begins an export and reads nothing of it. */
  function begin(to: TestService, role: Role): Socket {
    const { hostname, port } = new URL(to.url);
    const socket = connect(Number(port), hostname).pause();
    const { authorization } = to.headers(role);
    socket.on('error', () => {});
    socket.write(`GET /export HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: ${authorization}\r\n\r\n`);
    return socket;
  }

  const limitOf = ({ lines: [first] }: Awaited<ReturnType<typeof get>>) =>
    (first as { error?: { limit?: string } }).error?.limit;

  test('holds only the places of its own subject', async () => {
    const some = await TestService.start({ limits: { exportsAtOnce: 3, exportsOfOne: 2 } }, [large]);
    const sockets = [begin(some, 'VIEWER'), begin(some, 'VIEWER')];
    try {
      await untilSo(async () => limitOf(await get('', 'VIEWER', some)) === 'exportsOfOne');
      expect((await get('', 'ADMIN', some)).status).toBe(200);
    } finally {
      for (const socket of sockets) socket.destroy();
      await some.stop();
    }
  });

  test('is ended when that takes too long', async () => {
    const some = await TestService.start({ limits: { exportsAtOnce: 1, idleMillis: 300 } }, [large]);
    const socket = begin(some, 'VIEWER');
    try {
      await untilSo(
        async () => limitOf(await get('?asOf=1970-01-01T00:00:00Z', 'ADMIN', some)) === 'exportsAtOnce',
      );
      await untilSo(async () => (await get('?asOf=1970-01-01T00:00:00Z', 'ADMIN', some)).status === 200);
    } finally {
      socket.destroy();
      await some.stop();
    }
  });
});
