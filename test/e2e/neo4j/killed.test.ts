import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openNeo4j } from '../../../src/store/neo4j/index.js';
import type { Store } from '../../../src/store/store.js';
import { document, exported } from '../../import/support.js';
import type { OwnServer } from '../../support/neo4j/kept-process.js';
import { startServer } from '../../support/neo4j/start-server.js';
import { type Answered, ServiceProcess } from '../../support/service-process.js';

jest.setTimeout(600_000);

/** How often the server is killed (each takes some while: the server starts again), and the imports under way then. */
const KILLS = 1;
const AT_ONCE = 2;

let server: OwnServer;
let folder = '';
let service: ServiceProcess;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-killed-'));
  server = await startServer(() => {});
  service = await ServiceProcess.start(folder, {
    TENDRIL_STORE: server.uri,
    TENDRIL_NEO4J_USER: server.user,
    TENDRIL_NEO4J_PASSWORD: server.password,
  });
});
afterAll(async () => {
  await service?.stop();
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** A source that reports some hundred accounts, each with its version in its name. */
const SIZE = 300;
const snapshot = (source: string, version: number) =>
  document(
    source,
    1 + version,
    Array.from({ length: SIZE }, (_, at) => ({
      kind: 'Account' as const,
      id: `${source}/${at}`,
      name: `version ${version}`,
    })),
  );

interface Tried extends Answered {
  readonly source: string;
  readonly version: number;
}

/** Imports one version after another until one is not acknowledged; gives the last that was, and that one. */
async function importing(source: string, first: number): Promise<{ acknowledged: number; failed: Tried }> {
  for (let version = first; ; version += 1) {
    const answer = await service.import(snapshot(source, version));
    if (answer.status !== 200) return { acknowledged: version - 1, failed: { ...answer, source, version } };
  }
}

/** The versions of which the store has entities of a source; 0 where it has none. */
async function versionsOf(store: Store, source: string): Promise<number[]> {
  const ids = Array.from({ length: SIZE }, (_, at) => `${source}/${at}`);
  const found = await store.entities(ids, Number.MAX_SAFE_INTEGER);
  return [...new Set(found.map((entity) => Number(/\d+$/.exec(entity?.name ?? '0')?.[0])))];
}

async function onServer<T>(work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openNeo4j(server);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

test('a server that is killed and started again loses nothing it acknowledged, and needs no restart of ours', async () => {
  const sources = Array.from({ length: AT_ONCE }, (_, at) => `source${at}`);
  const next = new Map(sources.map((source) => [source, 1]));
  for (let kill = 0; kill < KILLS; kill += 1) {
    const work = sources.map((source) => importing(source, next.get(source) ?? 1));
    const from = (await onServer((store) => store.head())).revision;
    // In the midst of it: when something was acknowledged, and a little later each time.
    await service.untilBeyond('tendril_store_revision', from + 1);
    await sleep(kill * 70);
    await server.kill();
    const outcomes = await Promise.all(work);
    for (const { failed } of outcomes) {
      expect({ status: failed.status, code: ServiceProcess.codeOf(failed) }).toEqual({
        status: 503,
        code: 'UNAVAILABLE',
      });
    }
    expect(ServiceProcess.codeOf(await service.ask('{ entities { totalCount } }'))).toBe('UNAVAILABLE');
    expect(await service.untilReady(503)).toMatchObject({
      status: 'not ready',
      because: 'The store does not answer.',
    });
    expect((await service.get('/health/live')).status).toBe(200);
    await service.untilMetric('tendril_store_up', 0);

    await server.startAgain();
    await service.untilReady(200);
    await onServer(async (store) => {
      for (const { acknowledged, failed } of outcomes) {
        const versions = await versionsOf(store, failed.source);
        // Whole or absent: all of the source is of one version, the acknowledged one or the one in doubt.
        expect(versions).toHaveLength(1);
        expect([acknowledged, acknowledged + 1]).toContain(versions[0]);
      }
    });
    for (const { failed } of outcomes) {
      const { status } = await service.import(snapshot(failed.source, failed.version));
      expect(status).toBe(200);
      next.set(failed.source, failed.version + 1);
    }
    const total = { data: { entities: { totalCount: AT_ONCE * SIZE } } };
    expect((await service.ask('{ entities { totalCount } }')).body).toEqual(total);
  }
  await onServer(async (store) => {
    for (const source of sources) expect(await versionsOf(store, source)).toEqual([next.get(source)! - 1]);
    expect((await store.diagnose()).problems).toEqual([]);
    expect(Object.keys(await exported(store)).sort()).toEqual(sources);
  });
  expect(service.said).not.toContain(server.password);
});
