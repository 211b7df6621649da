import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { ServerResponse } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { openNeo4j } from '../../../src/store/neo4j/index.js';
import { departure, entity, later } from '../../offboarding/execute/departure.js';
import { KEY, type Receiver, receiver } from '../../sources/webhook/receiver.js';
import { STORY_TIME } from '../../support/case-context.js';
import type { OwnServer } from '../../support/neo4j/kept-process.js';
import { startServer } from '../../support/neo4j/start-server.js';
import { ServiceProcess } from '../../support/service-process.js';
import { Audience, expectChain, expectProgress } from '../audience.js';
import { answer, carriedOut, planned, type Row, taken } from '../leaving.js';

jest.setTimeout(600_000);

/**
 * At which calls of the receiver the server is killed, and whether the receiver has answered by then: where it has,
 * what it said is being recorded, and where it has not, it is heard when nothing can be recorded.
 */
const KILLS: readonly { readonly call: number; readonly answered: boolean }[] = [
  { call: 3, answered: false },
  { call: 9, answered: true },
];

let server: OwnServer;
let folder = '';
let outside: Receiver;
let service: ServiceProcess;
/** Settled when the server was killed for the first time, for the second, … */
const killed: PromiseWithResolvers[] = KILLS.map(() => promise());

interface PromiseWithResolvers {
  readonly settled: Promise<void>;
  readonly settle: () => void;
}

function promise(): PromiseWithResolvers {
  let settle = () => {};
  const settled = new Promise<void>((resolve) => {
    settle = resolve;
  });
  return { settled, settle };
}

/** The receiver of the company: the call at which it is time kills the server. */
async function carryOut(response: ServerResponse, nth: number): Promise<void> {
  const at = KILLS.findIndex(({ call }) => call === nth);
  const say = () => response.end(JSON.stringify({ status: 'done' }));
  if (KILLS[at]?.answered !== false) say();
  if (at < 0) return;
  await server.kill();
  if (KILLS[at]?.answered === false) say();
  killed[at]?.settle();
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-killed-'));
  server = await startServer(() => {});
  outside = await receiver((response, nth) => void carryOut(response, nth));
  writeFileSync(join(folder, 'secret'), `whsec_${KEY.toString('base64')}`, { mode: 0o600 });
  const webhook = { url: outside.webhook.url.href, secretFile: 'secret', allowPrivate: true };
  const webhooks = join(folder, 'webhooks.json');
  writeFileSync(webhooks, JSON.stringify(['it', 'paper'].map((source) => ({ source, ...webhook }))));
  service = await ServiceProcess.start(folder, {
    TENDRIL_STORE: server.uri,
    TENDRIL_NEO4J_USER: server.user,
    TENDRIL_NEO4J_PASSWORD: server.password,
    TENDRIL_CLOCK: STORY_TIME,
    TENDRIL_WEBHOOKS: webhooks,
  });
});
afterAll(async () => {
  await service?.stop();
  await outside?.close();
  server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const appOf = (at: number) => later('news', [entity('App', `news/${at}`)], [], STORY_TIME);

/** Imports one app after the other until told to stop; what is not acknowledged is sent again, as it was. */
class Importer {
  /** How many were acknowledged. */
  count = 0;
  refusals = 0;
  private over = false;
  private readonly running: Promise<void>;

  constructor() {
    this.running = this.run();
  }

  async stop(): Promise<void> {
    this.over = true;
    await this.running;
  }

  private async run(): Promise<void> {
    while (!this.over) {
      const { status, retryAfter, ...answer } = await service.import(appOf(this.count) as never);
      if (status === 200) this.count += 1;
      else {
        this.refusals += 1;
        expect([status, ServiceProcess.codeOf({ status, retryAfter, ...answer })]).toEqual([
          503,
          'UNAVAILABLE',
        ]);
        expect(retryAfter).toMatch(/^\d+$/);
        await service.untilReady(200);
      }
    }
  }
}

/** What the service says of itself, and to whoever asks it, while the server is away. */
async function expectSaidSo(id: string): Promise<void> {
  expect(await service.untilReady(503)).toMatchObject({
    status: 'not ready',
    because: 'The store does not answer.',
  });
  expect((await service.get('/health/live')).status).toBe(200);
  const resume = `mutation { resumeOffboarding(input: { offboarding: "${id}" }) { revision } }`;
  for (const query of ['{ entities { totalCount } }', resume]) {
    expect(ServiceProcess.codeOf(await service.ask(query))).toBe('UNAVAILABLE');
  }
}

interface Sent {
  readonly id: string;
  readonly data: { readonly action: string; readonly idempotencyKey: string };
}

const sent = () => outside.calls.map(({ body }) => JSON.parse(body.toString('utf8')) as Sent);

/** Each effect has one key and each key one effect; none was asked for twice but where the answer could not be kept. */
function expectOnce(actions: readonly Row[]): void {
  const all = sent();
  const keys = new Map(all.map(({ id, data }) => [id, data.action]));
  expect(new Set(keys.values()).size).toBe(keys.size);
  expect(all.length - keys.size).toBeLessThanOrEqual(KILLS.length);
  const over = KILLS.filter(({ answered }) => !answered).map(({ call }) => all[call - 1]?.id);
  for (const key of over) expect(all.filter(({ id }) => id === key)).toHaveLength(2);
  const outsideOnes = actions.filter(({ proof }) => proof === 'ACKNOWLEDGED').map(({ id }) => id);
  expect([...keys.values()].sort()).toEqual(outsideOnes.sort());
}

test('a case goes on by itself, and does each thing once, whenever the Neo4j server is killed and started again', async () => {
  for (const snapshot of departure({ it: 'WEBHOOK', paper: 'WEBHOOK' })) await taken(service, snapshot);
  const { id, planHash, revision: from } = await planned(service);
  const { events: seq } = await answer(service, '{ auditVerification { events } }', 'auditVerification');
  const audience = new Audience(service, id);
  await audience.listening();
  await carriedOut([service, service], id, planHash);
  const importer = new Importer();
  try {
    for (const { settled } of killed) {
      await settled;
      await expectSaidSo(id);
      await server.startAgain();
      await service.untilReady(200);
    }
    await audience.progress.until(({ state }) => state === 'VERIFIED');
    await importer.stop();
    expect(importer.refusals).toBeGreaterThan(0);
    const to = await taken(service, appOf(importer.count));

    const one = await answer(
      service,
      `{ offboarding(id: "${id}") { state verification { checks { invariant holds } }
        actions(first: 1000) { nodes { id state attempts proof } } } }`,
      'offboarding',
    );
    const checks = (one.verification as { checks: { invariant: string; holds: boolean }[] }).checks;
    expect(checks.map(({ invariant, holds }) => `${invariant} ${holds}`)).toEqual(
      ['I1', 'I2', 'I3', 'I4', 'I5', 'I6', 'I7'].map((name) => `${name} true`),
    );
    const actions = (one.actions as { nodes: Row[] }).nodes;
    expectOnce(actions);
    const chain = await answer(service, '{ auditVerification { valid why events } }', 'auditVerification');
    expect(chain).toMatchObject({ valid: true, why: null });
    const all = await answer(
      service,
      '{ auditEvents(first: 1000) { totalCount nodes { seq revision type } } }',
      'auditEvents',
    );
    expect(all.totalCount).toBe(chain.events);
    const { changes, events, progress } = audience;
    await changes.until(({ revision }) => revision === String(to));
    await events.until(({ revision }) => revision === String(to));
    expectChain(changes.rows, from, to);
    expect(events.rows).toEqual((all.nodes as Row[]).filter((event) => Number(event.seq) > Number(seq)));
    expectProgress(
      progress.rows,
      actions.map(({ proof: _, ...action }) => action),
    );
    await expectWhole(importer.count + 1);
  } finally {
    await importer.stop();
    await audience.stop();
  }
  expect(service.said).not.toContain(server.password);
});

/** All that was acknowledged is there, once, and nothing half done is left. */
async function expectWhole(apps: number): Promise<void> {
  const store = await openNeo4j(server);
  try {
    const ids = Array.from({ length: apps }, (_, at) => `news/${at}`);
    const found = await store.entities(ids, Number.MAX_SAFE_INTEGER);
    expect(found.map((one) => one?.id)).toEqual(ids);
    expect((await store.diagnose()).problems).toEqual([]);
  } finally {
    await store.close();
  }
}
