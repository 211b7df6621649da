import { readdirSync } from 'node:fs';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../src/model/roles.js';
import { CODE, HR } from '../api/company.js';
import { TestService } from '../api/service.js';
import { untilSo } from '../support/until.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({ limits: { snapshotBytes: 20_000, documentBytes: 10_000 } });
});
afterAll(() => service.stop());

const ndjson = (snapshot: typeof HR | typeof CODE) => {
  const { entities, relationships, ...header } = snapshot;
  const lines = [
    header,
    ...entities.map((entity) => ({ entity })),
    ...relationships.map((relationship) => ({ relationship })),
  ];
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
};

interface Sending {
  readonly role?: Role | null;
  readonly query?: string;
  readonly type?: string;
  readonly to?: TestService;
}

async function send(
  body: string,
  { role = 'IMPORTER', query = '', type = 'application/x-ndjson', to = service }: Sending = {},
) {
  const response = await fetch(`${to.url}/import${query}`, {
    method: 'POST',
    headers: { 'content-type': type, ...to.headers(role) },
    body,
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('POST /import', () => {
  test('takes NDJSON, and answers as the mutation does', async () => {
    expect(await send(ndjson(HR))).toEqual({
      status: 200,
      body: { revision: '1', created: 6, updated: 0, ended: 0, unchanged: 0, skipped: [], overtaken: [] },
    });
  });

  test('takes JSON', async () => {
    const { status, body } = await send(JSON.stringify(CODE), { type: 'application/json' });
    expect([status, body.revision]).toEqual([200, '2']);
  });

  test('answers 422 with every problem, and writes nothing', async () => {
    const bad = ndjson(HR).replace('"kind":"Human"', '"kind":"Alien"');
    const { status, body } = await send(bad);
    expect(status).toBe(422);
    expect(body).toEqual({
      error: {
        code: 'SNAPSHOT_REFUSED',
        message: expect.stringContaining('1 problem'),
        problems: [expect.objectContaining({ row: 'line 2', field: 'kind', rule: 'UNKNOWN_KIND' })],
        problemCount: 1,
      },
    });
    expect((await service.tendril.store.head()).revision).toBe(2);
  });

  test('answers 422 where the body is no snapshot at all', async () => {
    const { status, body } = await send('this is no JSON');
    expect([status, body.error]).toEqual([422, expect.objectContaining({ code: 'SNAPSHOT_REFUSED' })]);
  });

  test('skips and forces where the address asks for it', async () => {
    const dangling = { ...HR, relationships: [{ type: 'REPORTS_TO', from: 'hr:ada', to: 'nobody' }] };
    expect((await send(ndjson(dangling))).status).toBe(422);
    const { status, body } = await send(ndjson(dangling), { query: '?dangling=skip&force=true' });
    expect([status, (body.skipped as unknown[]).length]).toEqual([200, 1]);
    expect((await send(ndjson(HR), { query: '?dangling=maybe' })).status).toBe(400);
    expect((await send(ndjson(HR), { query: '?force=yes' })).status).toBe(400);
    const mistyped = await send(ndjson(HR), { query: '?dangeling=skip' });
    expect([mistyped.status, mistyped.body.error]).toEqual([
      400,
      { code: 'BAD_INPUT', message: 'The address of /import takes force and dangling and nothing else.' },
    ]);
  });

  test('is for importers only', async () => {
    expect(await send(ndjson(HR), { role: null })).toMatchObject({
      status: 401,
      body: { error: { code: 'UNAUTHENTICATED' } },
    });
    expect(await send(ndjson(HR), { role: 'VIEWER' })).toMatchObject({
      status: 403,
      body: { error: { code: 'FORBIDDEN' } },
    });
    expect((await send(ndjson(HR), { role: 'ADMIN' })).status).toBe(200);
  });

  test('takes no other type, and no larger body than the limit says', async () => {
    expect((await send('x', { type: 'text/plain' })).status).toBe(400);
    expect(await send('x'.repeat(20_001))).toEqual({
      status: 413,
      body: {
        error: { code: 'LIMIT_EXCEEDED', message: expect.any(String), limit: 'snapshotBytes', value: 20_000 },
      },
    });
  });

  test('refuses a long JSON document, which would block the event loop, but takes as many lines', async () => {
    const long = { ...HR, source: { ...HR.source, name: 'x'.repeat(5000), vendor: 'y'.repeat(5000) } };
    const { status, body } = await send(JSON.stringify(long), { type: 'application/json' });
    expect([status, body]).toMatchObject([422, { error: { problems: [{ rule: 'TOO_LONG' }] } }]);
    expect((await send(ndjson(long))).status).toBe(200);
  });

  test('takes the body as it is: packed bytes are no snapshot', async () => {
    const packed = await fetch(`${service.url}/import`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        'content-encoding': 'gzip',
        ...service.headers('IMPORTER'),
      },
      body: gzipSync(ndjson(HR)),
    });
    expect([packed.status, await packed.json()]).toEqual([
      415,
      { error: { code: 'BAD_INPUT', message: expect.stringContaining('Content-Encoding') } },
    ]);
    const plain = await fetch(`${service.url}/import`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-ndjson',
        'content-encoding': 'identity',
        ...service.headers('IMPORTER'),
      },
      body: ndjson(HR),
    });
    expect(plain.status).toBe(200);
  });

  test('leaves nothing behind, whatever came of it', () => {
    expect(readdirSync(service.tendril.spoolDir)).toEqual([]);
  });

  /** Begins to send a snapshot; the rest comes when it is told to. */
  function begin(to: TestService, role: Role) {
    let finish = () => {};
    const body = new ReadableStream({
      start(controller) {
        controller.enqueue(Buffer.from(ndjson(HR).slice(0, 100)));
        finish = () => {
          controller.enqueue(Buffer.from(ndjson(HR).slice(100)));
          controller.close();
        };
      },
    });
    const headers = { 'content-type': 'application/x-ndjson', ...to.headers(role) };
    const request = { method: 'POST', headers, body, duplex: 'half' } as RequestInit;
    return { answer: fetch(`${to.url}/import`, request), finish: () => finish() };
  }

  const untilReceiving = (to: TestService, count: number) =>
    untilSo(() => readdirSync(to.tendril.spoolDir).length === count);

  test('receives only so many at one time', async () => {
    const one = await TestService.start({ limits: { importsAtOnce: 1 } });
    try {
      const first = begin(one, 'IMPORTER');
      await untilReceiving(one, 1);
      const second = await send(ndjson(HR), { to: one });
      expect(second.body).toMatchObject({
        error: { code: 'LIMIT_EXCEEDED', limit: 'importsAtOnce', value: 1 },
      });
      first.finish();
      expect((await first.answer).status).toBe(200);
    } finally {
      await one.stop();
    }
  });

  test('receives so few of one subject that another always gets in', async () => {
    const some = await TestService.start({ limits: { importsAtOnce: 3, importsOfOne: 2 } });
    try {
      const slow = [begin(some, 'IMPORTER'), begin(some, 'IMPORTER')];
      await untilReceiving(some, 2);
      for (const _twice of [1, 2]) {
        expect((await send(ndjson(HR), { to: some })).body).toMatchObject({
          error: { code: 'LIMIT_EXCEEDED', limit: 'importsOfOne', value: 2 },
        });
      }
      expect((await send(ndjson(HR), { to: some, role: 'ADMIN' })).status).toBe(200);
      for (const { finish } of slow) finish();
      for (const { answer } of slow) expect((await answer).status).toBe(200);
      expect((await send(ndjson(HR), { to: some })).status).toBe(200);
    } finally {
      await some.stop();
    }
  });
});
