import { readdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS } from '../../src/api/limits/limits.js';
import { asUnavailable } from '../../src/http/import.js';
import { serverWithTimeouts } from '../../src/http/timeouts.js';
import type { Role } from '../../src/model/roles.js';
import { TestService } from '../api/service.js';

const IDLE = 300;
const SHORT = { snapshotBytes: 100_000, requestBytes: 100_000 } as const;

/** One that waits for nobody, and one that has the time that a busy machine needs. */
let service: TestService;
let patient: TestService;
beforeAll(async () => {
  service = await TestService.start({ limits: { ...SHORT, idleMillis: IDLE, requestMillis: 400 } });
  patient = await TestService.start({ limits: { ...SHORT, idleMillis: 2000 } });
});
afterAll(async () => {
  await service.stop();
  await patient.stop();
});

interface Sent {
  readonly status: number;
  readonly text: string;
}

interface Sending {
  readonly to?: TestService;
  readonly path: string;
  readonly role: Role;
}

/**
 * Sends a request by hand and reads only when all of it is sent, as simple clients do.
 *
 * @param parts of the body, each sent `pause` milliseconds after the one before
 * @param length what the request says its body has
 */
function send(
  { to = service, path, role }: Sending,
  parts: readonly Buffer[],
  length: number,
  pause = 0,
): Promise<Sent> {
  const { hostname, port } = new URL(to.url);
  const type = path === '/graphql' ? 'application/json' : 'application/x-ndjson';
  const head = [
    `POST ${path} HTTP/1.1`,
    `Host: ${hostname}`,
    `Content-Type: ${type}`,
    `Content-Length: ${length}`,
  ];
  const signedIn = Object.entries(to.headers(role)).map(([name, value]) => `${name}: ${value}`);
  return new Promise((resolve, reject) => {
    const socket = connect(Number(port), hostname);
    socket.pause();
    let text = '';
    socket.on('data', (data) => {
      text += data;
      // Every answer here is one JSON object, and comes whole.
      if (/\r\n\r\n\{.*\}$/s.test(text)) socket.destroy();
    });
    socket.once('error', reject);
    socket.once('close', () => resolve({ status: Number(text.split(' ')[1] ?? 0), text }));
    const feed = async () => {
      socket.write(`${[...head, ...signedIn].join('\r\n')}\r\n\r\n`);
      for (const part of parts) {
        if (pause > 0) await new Promise((go) => setTimeout(go, pause));
        if (socket.destroyed) return;
        if (!socket.write(part)) await new Promise((go) => socket.once('drain', go));
        if (pause > 0) socket.resume();
      }
      socket.resume();
    };
    feed().catch(reject);
  });
}

const megabytes = (count: number) => Array.from({ length: count }, () => Buffer.alloc(2 ** 20, 'x'));

describe('a caller that sends a large body that is refused', () => {
  test.each([
    ['for its length', '/import', 'IMPORTER', 413],
    ['for who sends it', '/import', 'VIEWER', 403],
    ['by GraphQL', '/graphql', 'VIEWER', 413],
  ] as const)('reads the answer after all is sent: %s', async (_why, path, role, status) => {
    const sent = await send({ to: patient, path, role }, megabytes(24), 24 * 2 ** 20);
    expect(sent.status).toBe(status);
    // Where the parser of JSON has read it to its end itself, the connection is as good as before.
    expect(sent.text).toMatch(
      path === '/import' ? /^connection: close\r$/im : /^connection: keep-alive\r$/im,
    );
    expect(sent.text).toMatch(/"code":"(LIMIT_EXCEEDED|FORBIDDEN)"/);
  });
});

describe('a body that does not come', () => {
  test('is not waited for at /import, and leaves nothing behind', async () => {
    const slow = { path: '/import', role: 'IMPORTER' } as const;
    const { status, text } = await send(slow, [Buffer.from('{"source"')], 5000);
    expect([status, text.includes('"limit":"idleMillis"')]).toEqual([408, true]);
    expect(readdirSync(service.tendril.spoolDir)).toEqual([]);
  });

  test('may take as long as it takes at /import while it comes', async () => {
    const parts = Array.from({ length: 25 }, () => Buffer.from('{"source": nothing }\n'));
    const steady = { to: patient, path: '/import', role: 'IMPORTER' } as const;
    const { status, text } = await send(steady, parts, 25 * 21, 100);
    expect([status, text.includes('SNAPSHOT_REFUSED')]).toEqual([422, true]);
  });

  test('may not trickle for ever at /import either, where others would wait for its place', async () => {
    const limits = { ...SHORT, idleMillis: 5000, importPaceMillis: 500 };
    const hurried = await TestService.start({ limits });
    try {
      const parts = Array.from({ length: 1000 }, () => Buffer.from('\n'));
      const trickle = { to: hurried, path: '/import', role: 'IMPORTER' } as const;
      const { status, text } = await send(trickle, parts, 1000, 20);
      expect([status, text.includes('"limit":"importPaceMillis"')]).toEqual([408, true]);
      expect(readdirSync(hurried.tendril.spoolDir)).toEqual([]);
    } finally {
      await hurried.stop();
    }
  });

  test('may not trickle for ever at /graphql', async () => {
    const parts = Array.from({ length: 40 }, () => Buffer.from(' '));
    const { status, text } = await send({ path: '/graphql', role: 'VIEWER' }, parts, 5000, 50);
    expect([status, text.includes('"limit":"requestMillis"')]).toEqual([408, true]);
  });

  test('does not keep a connection that says nothing at all', async () => {
    const { hostname, port } = new URL(service.url);
    const began = performance.now();
    const socket = connect(Number(port), hostname);
    await new Promise((resolve) => socket.resume().once('close', resolve));
    expect(performance.now() - began).toBeGreaterThan(IDLE);
    expect(performance.now() - began).toBeLessThan(DEFAULT_LIMITS.idleMillis);
  });

  test('has no limit on the whole request, where Node.js would end an upload after five minutes', () => {
    const server = serverWithTimeouts(() => {}, DEFAULT_LIMITS);
    expect([server.requestTimeout, server.headersTimeout]).toEqual([0, DEFAULT_LIMITS.idleMillis]);
  });
});

test('an answer that takes longer than a connection may be silent is still given', async () => {
  const slow = await TestService.start({
    limits: { idleMillis: 500 },
    around: (store) =>
      new Proxy(store, {
        get(target, name) {
          const value = Reflect.get(target, name);
          if (typeof value !== 'function') return value;
          if (name !== 'list') return value.bind(target);
          return async (...args: unknown[]) => {
            await new Promise((resolve) => setTimeout(resolve, 2000));
            return value.apply(target, args);
          };
        },
      }),
  });
  try {
    expect(await slow.data('{ entities { totalCount } }')).toEqual({ entities: { totalCount: 0 } });
  } finally {
    await slow.stop();
  }
});

describe('a disk that takes no more', () => {
  test('is reported as UNAVAILABLE, with what to do', async () => {
    const full = await writeFile('/dev/full', 'x').catch((error: unknown) => error);
    expect(asUnavailable(full)).toMatchObject({
      code: 'UNAVAILABLE',
      message: expect.stringMatching(/ is full\. .*make room/),
    });
    const readOnly = Object.assign(new Error('EROFS'), { code: 'EROFS' });
    expect(asUnavailable(readOnly)).toMatchObject({ code: 'UNAVAILABLE' });
    const other = new Error('other');
    expect(asUnavailable(other)).toBe(other);
  });
});

describe('the head of a request', () => {
  /** Sends text by hand, and reads until the service ends the connection. */
  const untilEnded = (parts: readonly string[], pause: number) =>
    new Promise<string>((resolve) => {
      const { hostname, port } = new URL(service.url);
      const socket = connect(Number(port), hostname);
      let text = '';
      let at = 0;
      const timer = setInterval(() => {
        const part = parts[at++];
        if (part === undefined) clearInterval(timer);
        else socket.write(part);
      }, pause);
      socket.on('data', (data) => {
        text += data;
      });
      // A connection that is ended while we write is told as a fault of writing.
      socket.on('error', () => {});
      socket.once('close', () => {
        clearInterval(timer);
        resolve(text);
      });
    });

  test('may not be larger than Node takes, 16 KiB', async () => {
    const head = `GET /health/live HTTP/1.1\r\nHost: x\r\nX-Large: ${'a'.repeat(20_000)}\r\n\r\n`;
    expect(await untilEnded([head], 1)).toMatch(/^HTTP\/1\.1 431 /);
  });

  test('may not trickle for ever: slow loris', async () => {
    const began = performance.now();
    const lines = [
      'GET /health/live HTTP/1.1\r\n',
      ...Array.from({ length: 400 }, (_, at) => `X-${at}: a\r\n`),
    ];
    expect(await untilEnded(lines, IDLE / 10)).toMatch(/^HTTP\/1\.1 408 /);
    expect(performance.now() - began).toBeLessThan(400 * (IDLE / 10));
  });
});
