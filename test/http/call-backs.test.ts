import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { readWebhooksFile } from '../../src/compose.js';
import { readConfig } from '../../src/config.js';
import type { CaseAction } from '../../src/offboarding/case/case-action.js';
import { actionsOf } from '../../src/offboarding/case/case-documents.js';
import { actuatorsBy } from '../../src/sources/actuators.js';
import { simulatedActuator } from '../../src/sources/simulated/simulated-actuator.js';
import { webhookCallBacks } from '../../src/sources/webhook/call-backs.js';
import { signedHeaders } from '../../src/sources/webhook/signature.js';
import { WebhookActuator } from '../../src/sources/webhook/webhook.js';
import { TestService } from '../api/service.js';
import { executing, run } from '../offboarding/execute/carry-out.js';
import { departure } from '../offboarding/execute/departure.js';
import { KEY, type Receiver, receiver } from '../sources/webhook/receiver.js';
import { openCaseContext, STORY_TIME, type TestCaseContext } from '../support/case-context.js';

let outside: Receiver;
let service: TestService;
let caseContext: TestCaseContext;
let waiting: CaseAction;
let id: string;

beforeAll(async () => {
  outside = await receiver((response) => response.writeHead(202).end('{"reference":"job-1"}'));
});
afterAll(() => outside.close());

/** A case whose first actions have begun at a receiver, and a service that may be called back. */
async function begin(store = ':memory:') {
  const webhooks = new Map([['it', { ...outside.webhook, source: 'it' }]]);
  const clock = { now: () => Date.now() };
  const actuators = actuatorsBy({
    SIMULATED: simulatedActuator,
    WEBHOOK: new WebhookActuator(webhooks, clock),
  });
  const instance = () =>
    TestService.start({ actuators, callBacks: webhookCallBacks(webhooks) }, [], null, { store });
  service = await instance();
  for (const snapshot of departure({ it: 'WEBHOOK', paper: 'SIMULATED' }))
    await service.import(snapshot, STORY_TIME);
  // The service goes by a fixed clock, and leaves a case of another one alone.
  const using = { store: service.tendril.store, actuators, clockKind: 'FIXED' } as const;
  caseContext = await openCaseContext(using);
  ({ id } = await executing(caseContext, 'SECURITY_FIRST'));
  await run(caseContext, id);
  const begun = (await actionsOf(caseContext.store.journal, id)).find(({ state }) => state === 'REQUESTED');
  expect(begun).toBeDefined();
  waiting = begun as CaseAction;
  return { instance };
}

interface Sending {
  readonly key?: Buffer;
  readonly at?: number;
  readonly to?: string;
  readonly by?: TestService;
}

async function callBack(body: string, { key = KEY, at = Date.now() / 1000, to, by = service }: Sending = {}) {
  const sent = Buffer.from(body);
  const response = await fetch(`${by.url}/webhooks/actions/${to ?? waiting.idempotencyKey}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...signedHeaders(key, 'msg_1', Math.floor(at), sent) },
    body: sent,
  });
  const text = await response.text();
  const error = text === '' ? undefined : (JSON.parse(text) as { error: { code: string } }).error.code;
  return [response.status, error] as const;
}

const now = async () =>
  (await actionsOf(caseContext.store.journal, id)).find(({ position }) => position === waiting.position);

describe('POST /webhooks/actions/{id}', () => {
  beforeEach(async () => void (await begin()));
  afterEach(() => service.stop());

  test('ends an action that had begun, once, with the receiver’s reference as its proof', async () => {
    const body = '{"status":"done","reference":"ticket-7"}';
    expect(await callBack(body)).toEqual([204, undefined]);
    expect(await now()).toMatchObject({
      state: 'DONE',
      proof: 'ACKNOWLEDGED',
      proofReference: 'ticket-7',
    });
    expect(await callBack(body)).toEqual([204, undefined]);
    const events = await caseContext.store.journal.auditEvents({
      case: id,
      limit: 1000,
      subject: 'webhook:it',
    });
    expect(events.map(({ type, actor }) => [type, actor.signedInBy])).toEqual([['ACTION_DONE', 'signature']]);
  });

  test('is not believed when it was sent for another action', async () => {
    const begun = (await actionsOf(caseContext.store.journal, id)).filter(
      ({ state }) => state === 'REQUESTED',
    );
    const [one, other] = begun.map(({ idempotencyKey }) => idempotencyKey) as [string, string];
    const at = Date.now() / 1000;
    expect(await callBack('{"status":"done"}', { at, to: one })).toEqual([204, undefined]);
    expect(await callBack('{"status":"done"}', { at, to: other })).toEqual([401, 'UNAUTHENTICATED']);
    const states = (await actionsOf(caseContext.store.journal, id)).filter(({ idempotencyKey }) =>
      [one, other].includes(idempotencyKey),
    );
    expect(states.map(({ state }) => state).sort()).toEqual(['DONE', 'REQUESTED']);
    expect(await callBack('{"status":"done"}', { at, to: one })).toEqual([204, undefined]);
    expect(await callBack('{"status":"done"}', { at: at + 1, to: other })).toEqual([204, undefined]);
  });

  test('is not believed for another action either when it had come too late for its own', async () => {
    const begun = (await actionsOf(caseContext.store.journal, id)).filter(
      ({ state }) => state === 'REQUESTED',
    );
    const [one, other] = begun.map(({ idempotencyKey }) => idempotencyKey) as [string, string];
    const at = Date.now() / 1000;
    expect(await callBack('{"status":"done"}', { at, to: one })).toEqual([204, undefined]);
    const late = '{"status":"done","reference":"late"}';
    expect(await callBack(late, { at, to: one })).toEqual([204, undefined]);
    expect(await callBack(late, { at, to: other })).toEqual([401, 'UNAUTHENTICATED']);
    const { revision } = await caseContext.store.head();
    expect(await callBack(late, { at, to: one })).toEqual([204, undefined]);
    expect((await caseContext.store.head()).revision).toBe(revision);
  });

  test('takes what had failed as refused', async () => {
    expect(await callBack('{"status":"failed","error":"no such user"}')).toEqual([204, undefined]);
    expect(await now()).toMatchObject({
      state: 'IRREVOCABLE',
      lastError: expect.stringContaining('no such user'),
    });
  });

  test('accepts no other signature, and changes nothing then', async () => {
    const body = '{"status":"done"}';
    expect(await callBack(body, { key: Buffer.alloc(32, 1) })).toEqual([401, 'UNAUTHENTICATED']);
    expect(await callBack(body, { at: Date.now() / 1000 - 3600 })).toEqual([401, 'UNAUTHENTICATED']);
    expect(await callBack(body, { to: 'f'.repeat(64) })).toEqual([404, 'NOT_FOUND']);
    expect(await callBack(body, { to: 'x' })).toEqual([404, 'NOT_FOUND']);
    expect(await callBack('{"status":"perhaps"}')).toEqual([400, 'BAD_INPUT']);
    expect((await fetch(`${service.url}/webhooks/actions/${waiting.idempotencyKey}`)).status).toBe(405);
    expect(await now()).toMatchObject({ state: 'REQUESTED' });
  });
});

test('a call back that one instance heard is believed by no other for another action', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'tendril-call-backs-'));
  const { instance } = await begin(join(folder, 'graph.db'));
  const second = await instance();
  try {
    const begun = (await actionsOf(caseContext.store.journal, id)).filter(
      ({ state }) => state === 'REQUESTED',
    );
    const [one, other] = begun.map(({ idempotencyKey }) => idempotencyKey) as [string, string];
    const at = Date.now() / 1000;
    expect(await callBack('{"status":"done"}', { at, to: one })).toEqual([204, undefined]);
    const again = { at, to: other, by: second };
    expect(await callBack('{"status":"done"}', again)).toEqual([401, 'UNAUTHENTICATED']);
    expect(await callBack('{"status":"done"}', { ...again, to: one })).toEqual([204, undefined]);
    expect(await callBack('{"status":"done"}', { ...again, at: at + 1 })).toEqual([204, undefined]);
  } finally {
    await second.stop();
    await service.stop();
    await rm(folder, { recursive: true, force: true });
  }
});

describe('the file of TENDRIL_WEBHOOKS', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'tendril-webhooks-'));
    await writeFile(join(folder, 'key'), `whsec_${KEY.toString('base64')}\n`);
    await writeFile(join(folder, 'short'), 'whsec_AAAA');
  });
  afterAll(() => rm(folder, { recursive: true }));

  async function reading(entries: unknown) {
    const file = join(folder, 'webhooks.json');
    await writeFile(file, JSON.stringify(entries, null, 1));
    return readWebhooksFile(readConfig({ TENDRIL_STORE: 'sqlite::memory:', TENDRIL_WEBHOOKS: file }));
  }

  test('is read with the secrets it points to', async () => {
    const read = await reading([{ source: 'it', url: 'https://hooks.acme.example/a', secretFile: 'key' }]);
    expect(read.get('it')).toEqual({
      source: 'it',
      url: new URL('https://hooks.acme.example/a'),
      key: KEY,
      allowPrivate: false,
    });
  });

  test.each([
    ['http without leave', { url: 'http://hooks.acme.example/a' }, '4 0.url: only https'],
    ['a password', { url: 'https://a:b@hooks.acme.example/' }, '0.url'],
    ['a secret that is none', { secretFile: 'short' }, '0.secretFile: the file'],
    ['a secret that is not there', { secretFile: 'nowhere' }, 'cannot be read'],
    ['a word that nobody knows', { retries: 3 }, 'retries'],
  ])('is refused with %s, and its line', async (_, instead, message) => {
    const entry = { source: 'it', url: 'https://hooks.acme.example/a', secretFile: 'key', ...instead };
    await expect(reading([entry])).rejects.toThrow(message);
    await expect(reading([entry])).rejects.not.toThrow(KEY.toString('base64'));
  });

  test('has one entry a source', async () => {
    const entry = { source: 'it', url: 'https://hooks.acme.example/a', secretFile: 'key' };
    await expect(reading([entry, entry])).rejects.toThrow('another entry');
  });
});
