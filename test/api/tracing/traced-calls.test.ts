import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { tracedCalls } from '../../../src/api/tracing/traced-calls.js';
import { NO_TRACING } from '../../../src/api/tracing/tracing.js';
import { compose } from '../../../src/compose.js';
import { readConfig } from '../../../src/config.js';
import { startTraces, type Traces } from '../../../src/main/traces.js';
import type { Order } from '../../../src/sources/actuator.js';
import { WebhookActuator } from '../../../src/sources/webhook/webhook.js';
import { type Receiver, receiver } from '../../sources/webhook/receiver.js';
import { Collector } from '../../support/collector.js';

const order: Order = {
  idempotencyKey: 'a'.repeat(64),
  case: 'tendril/case/canary',
  action: '3/REVOKE_TOKEN/canary',
  kind: 'REVOKE_TOKEN',
  entity: { id: 'github:canary/pat', kind: 'Token', name: 'canary', externalId: null },
  source: { id: 'github:acme', vendor: 'github', actuation: 'WEBHOOK' },
  details: {},
  relationships: [],
  attempt: 1,
};

let collector: Collector;
let outside: Receiver;
let traces: Traces;
let status = 200;
beforeEach(async () => {
  collector = await Collector.start();
  traces = startTraces({ endpoint: collector.url, protocol: 'http/json' }, pino({ enabled: false }));
  outside = await receiver((response) => response.writeHead(status).end());
});
afterEach(async () => {
  await outside.close();
  await traces.stop();
  await collector.stop();
  status = 200;
});

/** Sends an action as a service that traces does, or one that does not. */
const send = (tracing = traces.tracing, { webhook } = outside) =>
  new WebhookActuator(new Map([[webhook.source, webhook]]), { now: () => 0 }, tracedCalls(tracing)).act(
    order,
    new AbortController().signal,
  );
/** What of traces went along with each call. */
const carried = () =>
  outside.calls.map(({ headers: { traceparent, tracestate, baggage } }) => ({
    traceparent,
    tracestate,
    baggage,
  }));

describe('a call of a web hook', () => {
  test('is a span that the receiver goes on with, in a trace of its own, also while a request is traced', async () => {
    const request = { kind: 'SERVER', name: 'POST /graphql', attributes: {} } as const;
    await traces.tracing.span(request, async (span) => {
      await send();
      span.end();
    });
    await traces.stop();
    const [call] = collector.spans.filter(({ name }) => name === 'POST web hook');
    expect(call).toMatchObject({
      kind: 'CLIENT',
      failed: false,
      attributes: { 'http.request.method': 'POST', 'http.response.status_code': 200 },
    });
    expect(call?.parentSpanId || null).toBeNull();
    expect(carried()).toEqual([
      { traceparent: `00-${call?.traceId}-${call?.spanId}-01`, tracestate: undefined, baggage: undefined },
    ]);
    expect(new Set(collector.spans.map(({ traceId }) => traceId)).size).toBe(2);
    for (const secret of ['canary', 'github', '127.0.0.1', 'tenant']) {
      expect(collector.text).not.toContain(secret);
    }
  });

  test('that is refused, or reaches nobody, is told as gone wrong', async () => {
    status = 503;
    expect(await send()).toMatchObject({ outcome: 'RETRY' });
    const nobody = { ...outside, webhook: { ...outside.webhook, url: new URL('http://127.0.0.1:1/') } };
    expect(await send(traces.tracing, nobody)).toMatchObject({ outcome: 'RETRY' });
    await traces.stop();
    expect(collector.spans).toMatchObject([
      { failed: true, attributes: { 'error.type': '503', 'http.response.status_code': 503 } },
      { failed: true, attributes: { 'error.type': '_OTHER' } },
    ]);
  });

  test('says where it is not sampled', async () => {
    const before = process.env.OTEL_TRACES_SAMPLER;
    process.env.OTEL_TRACES_SAMPLER = 'always_off';
    const off = startTraces({ endpoint: collector.url, protocol: 'http/json' }, pino({ enabled: false }));
    if (before === undefined) delete process.env.OTEL_TRACES_SAMPLER;
    else process.env.OTEL_TRACES_SAMPLER = before;
    await send(off.tracing);
    expect(carried()[0]?.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-00$/);
    await off.stop();
  });

  test('carries nothing where nothing is traced', async () => {
    await send(NO_TRACING);
    expect(carried()).toEqual([{ traceparent: undefined, tracestate: undefined, baggage: undefined }]);
  });

  test('is traced where the service is', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'tendril-calls-'));
    const { url, key } = outside.webhook;
    const entry = { source: 'github:acme', url: url.href, secretFile: 'key', allowPrivate: true };
    await writeFile(join(folder, 'key'), `whsec_${key.toString('base64')}`);
    await writeFile(join(folder, 'webhooks.json'), JSON.stringify([entry]));
    const environment = {
      TENDRIL_STORE: 'sqlite::memory:',
      TENDRIL_WEBHOOKS: join(folder, 'webhooks.json'),
    };
    const log = pino({ enabled: false });
    const tendril = await compose(readConfig(environment), { tracing: traces.tracing, log });
    try {
      await tendril.caseContext.actuators.of(order.source).act(order, new AbortController().signal);
      expect(carried()[0]?.traceparent).toMatch(/^00-[\da-f]{32}-[\da-f]{16}-01$/);
    } finally {
      await tendril.close();
      await rm(folder, { recursive: true });
    }
  });
});
