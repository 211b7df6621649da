import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { DEFAULT_LIMITS } from '../../src/api/limits/limits.js';
import { readTrustedDocuments } from '../../src/api/trusted/read-documents.js';
import { startTraces, type Traces } from '../../src/main/traces.js';
import { CODE, HR } from '../api/company.js';
import { at, TestService } from '../api/service.js';
import { Collector, type SpanHeard } from '../support/collector.js';
import { Listener, untilSubscribed } from './live/listener.js';

let collector: Collector;
let traces: Traces;
beforeEach(async () => {
  collector = await Collector.start();
  traces = startTraces({ endpoint: collector.url, protocol: 'http/json' }, pino({ enabled: false }));
});
afterEach(() => collector.stop());

type More = Parameters<typeof TestService.start>[3];

/** Does something with a service that is traced, and gives its spans. */
async function spansOf(
  work: (service: TestService) => Promise<unknown>,
  more: More = {},
): Promise<SpanHeard[]> {
  const service = await TestService.start({ tracing: traces.tracing }, [HR], null, more);
  try {
    await work(service);
  } finally {
    await service.stop();
  }
  await traces.stop();
  return collector.spans;
}

const named = (spans: readonly SpanHeard[], name: string) => spans.filter((span) => span.name === name);

describe('spans of requests', () => {
  test('have no name that a stranger gave an operation', async () => {
    const spans = await spansOf((service) => service.data('query Canary { viewer { subject } }'));
    expect(named(spans, 'query')).toMatchObject([{ attributes: { 'graphql.operation.type': 'query' } }]);
    expect(collector.text).not.toContain('Canary');
  });

  test('have no path that a stranger made up, and no method', async () => {
    const spans = await spansOf(async ({ url }) => {
      await fetch(`${url}/webhooks/actions/canary`, { method: 'POST', body: '{}' });
      await fetch(`${url}/canary/path`, { method: 'PROPFIND' });
      await fetch(`${url}/health/live?canary`);
    });
    const paths = spans
      .filter(({ kind }) => kind === 'SERVER')
      .map(({ name, attributes }) => [name, attributes['http.request.method'], attributes['url.path']]);
    expect(paths).toEqual([
      ['POST /webhooks/actions/:id', 'POST', '/webhooks/actions/REDACTED'],
      ['HTTP', '_OTHER', '/REDACTED'],
      ['GET /health/live', 'GET', '/health/live'],
    ]);
    expect(collector.text).not.toContain('canary');
  });

  test('have the code of what went wrong, and only what is ours to mend is a failure', async () => {
    const spans = await spansOf(async (service) => {
      expect(await service.code('{ canary }')).toBe('BAD_INPUT');
      expect(await service.code('{ blastRadius(human: "canary") { complete } }')).toBe('NOT_FOUND');
      await service.tendril.store.close();
      expect(await service.code('{ sources { id } }')).toBe('UNAVAILABLE');
    });
    expect(named(spans, 'GraphQL Operation')).toMatchObject([
      { failed: false, attributes: { 'error.type': 'BAD_INPUT' } },
    ]);
    expect(named(spans, 'query')).toMatchObject([
      { failed: false, attributes: { 'error.type': 'NOT_FOUND' } },
      { failed: true, attributes: { 'error.type': 'UNAVAILABLE' } },
    ]);
    const calls = spans.filter(({ kind, failed }) => kind === 'CLIENT' && failed);
    expect(new Set(calls.map(({ attributes }) => attributes['error.type']))).toEqual(
      new Set(['UNAVAILABLE']),
    );
    expect(collector.text).not.toContain('canary');
  });

  test('are not made where the caller’s trace is not sampled, nor for work without a request', async () => {
    const traceparent = '00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-00';
    const spans = await spansOf(async (service) => {
      await service.data('{ sources { id } }', { headers: { traceparent } });
      await service.import(CODE);
    });
    expect(spans).toEqual([]);
  });

  test('end with the answer; work that goes on after it is not part of them', async () => {
    const { tracing } = traces;
    const part = (name: string) =>
      tracing.span({ name, kind: 'CLIENT', attributes: {} }, (span) => span.end());
    let answered = () => {};
    const answer = new Promise<void>((resolve) => {
      answered = resolve;
    });
    const after = tracing.span({ name: 'request', kind: 'SERVER', attributes: {} }, (span) => {
      part('during');
      const later = answer.then(() => part('after'));
      span.end();
      return later;
    });
    answered();
    await after;
    part('outside');
    await traces.stop();
    expect(collector.spans.map(({ name }) => name)).toEqual(['during', 'request']);
  });

  test('begin a trace of their own where the caller’s cannot be read', async () => {
    const spans = await spansOf((service) =>
      service.data('{ viewer { subject } }', { headers: { traceparent: '00-canary-01' } }),
    );
    const [request] = named(spans, 'POST /graphql');
    expect(request?.traceId).toMatch(/^[0-9a-f]{32}$/);
    expect(request?.parentSpanId ?? '').toBe('');
  });
});

describe('spans of subscriptions', () => {
  const CHANGED = 'subscription Changed { graphChanged { revision entities } }';

  async function listen(more: More): Promise<SpanHeard[]> {
    return spansOf(async (service) => {
      const listener = new Listener(service.url, service.headers('VIEWER').authorization);
      const heard = listener.hear(CHANGED);
      const first = heard.next();
      await untilSubscribed(service.url, 1);
      const revision = await service.import(CODE);
      expect(at(await first, 'data.graphChanged.revision')).toBe(String(revision));
      await listener.stop();
    }, more);
  }

  test('are one for its beginning and one for each message, with the name of a trusted document', async () => {
    const spans = await listen({
      trusted: (schema) =>
        readTrustedDocuments(JSON.stringify({ changed: CHANGED }), 'd.json', schema, DEFAULT_LIMITS),
    });
    const operations = named(spans, 'subscription Changed');
    expect(operations).toHaveLength(2);
    for (const { kind, attributes } of operations) {
      expect(kind).toBe('SERVER');
      expect(attributes).toMatchObject({
        'graphql.operation.type': 'subscription',
        'graphql.operation.name': 'Changed',
      });
    }
    expect(new Set(operations.map(({ traceId }) => traceId)).size).toBe(2);
  });

  test('have no name of a stranger’s either', async () => {
    expect(named(await listen({}), 'subscription')).toHaveLength(2);
    expect(collector.text).not.toContain('Changed');
  });
});
