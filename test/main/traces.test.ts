import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import pino from 'pino';
import { sha256Of } from '../../src/api/trusted/trusted-documents.js';
import { ConfigError, readConfig } from '../../src/config.js';
import { startTraces } from '../../src/main/traces.js';
import { HR } from '../api/company.js';
import { Collector, type SpanHeard } from '../support/collector.js';
import { ServiceProcess } from '../support/service-process.js';

let folder: string;
let collector: Collector;
let service: ServiceProcess | undefined;
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-traces-'));
  collector = await Collector.start();
});
afterEach(async () => {
  service?.child.kill('SIGKILL');
  service = undefined;
  await collector.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Starts the service in a folder of its own. */
async function start(environment: Readonly<Record<string, string>>): Promise<ServiceProcess> {
  const store = `sqlite:${join(folder, 'graph.db')}`;
  service = await ServiceProcess.start(folder, {
    TENDRIL_STORE: store,
    TENDRIL_DEMO: 'off',
    ...environment,
  });
  return service;
}

const HUMAN = 'query Leaver($email: String!) { human(email: $email) { id name } }';
const TRACE = '4bf92f3577b34da6a3ce929d0e0e4736';
const CALLER = '00f067aa0ba902b7';

/** Only these may be said: each is a name or a number that we choose. */
const SAID = [
  'db.operation.name',
  'db.system.name',
  'error.type',
  'graphql.operation.name',
  'graphql.operation.type',
  'http.request.method',
  'http.response.status_code',
  'http.route',
  'tendril.request_id',
  'tendril.revision',
  'url.path',
  'url.scheme',
];

describe('with a collector', () => {
  test('a request, its operation and each call of the store are spans of the caller’s trace', async () => {
    const documents = join(folder, 'documents.json');
    writeFileSync(documents, JSON.stringify({ [sha256Of(HUMAN)]: HUMAN }));
    const running = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/json',
      OTEL_SERVICE_NAME: 'graph',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      TENDRIL_TRUSTED_DOCUMENTS: documents,
    });
    expect((await running.import(HR)).status).toBe(200);
    const headers = { traceparent: `00-${TRACE}-${CALLER}-01`, tracestate: 'canary=state' };
    const answer = await running.ask(HUMAN, headers, { email: 'ada@acme.example' });
    expect(answer.body).toEqual({ data: { human: { id: 'hr:ada', name: 'Ada Lovelace' } } });
    expect(await running.ask('{ canaryField }')).toMatchObject({ status: 403 });
    expect(await running.get('/graphql?query=canaryquery')).toMatchObject({ status: 401 });
    expect(await running.get('/canary@acme.example?canary=1')).toMatchObject({ status: 404 });
    // What has not been sent by now is sent before it ends.
    await running.stop();
    expect(running.child.exitCode).toBe(0);

    expect(collector.heard.map(({ path, type }) => `${path} ${type}`)).toContain(
      '/v1/traces application/json',
    );
    expect(collector.resource).toMatchObject({
      'service.name': 'graph',
      'service.version': expect.any(String),
      'deployment.environment.name': 'test',
    });
    const { spans } = collector;
    const [request] = spans.filter(({ parentSpanId }) => parentSpanId === CALLER);
    expect(request).toMatchObject({
      name: 'POST /graphql',
      kind: 'SERVER',
      traceId: TRACE,
      failed: false,
      attributes: {
        'http.request.method': 'POST',
        'http.route': '/graphql',
        'http.response.status_code': 200,
        'url.path': '/graphql',
        'tendril.revision': 1,
      },
    });
    expect(running.said).toContain(String(request?.attributes['tendril.request_id']));
    const [operation, ...others] = partsOf(request, spans);
    expect(others).toEqual([]);
    expect(operation).toMatchObject({
      name: 'query Leaver',
      kind: 'INTERNAL',
      traceId: TRACE,
      attributes: {
        'graphql.operation.type': 'query',
        'graphql.operation.name': 'Leaver',
        'tendril.revision': 1,
      },
    });
    const calls = partsOf(operation, spans);
    expect(calls.map(({ name }) => name)).toContain('humansByEmail');
    for (const { name, kind, traceId, attributes } of calls) {
      const said = { 'db.system.name': 'sqlite', 'db.operation.name': name, 'tendril.revision': 1 };
      expect({ kind, traceId, attributes }).toEqual({ kind: 'CLIENT', traceId: TRACE, attributes: said });
    }

    const [imported] = spans.filter(({ name }) => name === 'POST /import');
    expect(imported).toMatchObject({ kind: 'SERVER', attributes: { 'tendril.revision': 1 } });
    expect(partsOf(imported, spans)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ name: 'write' }),
        expect.objectContaining({ name: 'draft.putEntities' }),
        expect.objectContaining({
          name: 'draft.commit',
          attributes: expect.objectContaining({ 'tendril.revision': 1 }),
        }),
      ]),
    );
    expect(spans.filter(({ parentSpanId }) => !parentSpanId).map(({ name }) => name)).toEqual([
      'POST /import',
      'POST /graphql',
      'GET /graphql',
      'GET',
    ]);

    const keys = new Set(spans.flatMap(({ attributes }) => Object.keys(attributes)));
    expect([...keys].filter((key) => !SAID.includes(key))).toEqual([]);
    for (const secret of [running.token, 'canary', 'acme', 'Ada', 'hr:', '$email', '{ id', 'Bearer']) {
      expect(collector.text).not.toContain(secret);
    }
  });

  test('without anything else said, it is protobuf, and the service is called tendril', async () => {
    const running = await start({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: `${collector.url}/mine` });
    expect((await running.ask('query canary { viewer { subject } }')).status).toBe(200);
    await running.stop();
    expect(collector.heard).toMatchObject([{ path: '/mine', type: 'application/x-protobuf' }]);
    for (const said of ['service.name', 'tendril', 'POST /graphql', 'graphql.operation.type', 'query']) {
      expect(collector.text).toContain(said);
    }
    for (const secret of [running.token, 'canary', 'viewer', 'test']) {
      expect(collector.text).not.toContain(secret);
    }
  });
});

test('a sampler may turn tracing off, and an unknown sampler is logged', async () => {
  const endpoint = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
  const off = await start({ ...endpoint, OTEL_TRACES_SAMPLER: 'always_off' });
  expect((await off.ask('{ viewer { subject } }')).status).toBe(200);
  await off.stop();
  expect(collector.heard).toEqual([]);
  const unknown = await start({ ...endpoint, OTEL_TRACES_SAMPLER: 'sometimes' });
  await unknown.stop();
  expect(unknown.said).toMatch(/OTEL_TRACES_SAMPLER value .+sometimes.+ invalid/);
});

/** The spans that are directly part of one. */
const partsOf = (whole: SpanHeard | undefined, spans: readonly SpanHeard[]) =>
  spans.filter(({ parentSpanId }) => parentSpanId === whole?.spanId);

describe('with a collector that is not there', () => {
  test('requests are answered, the log says it once, and the service ends', async () => {
    // Nobody listens there; a port that was free a moment ago, another test may have taken.
    const running = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:1',
      OTEL_EXPORTER_OTLP_TIMEOUT: '1000',
      OTEL_BSP_SCHEDULE_DELAY: '10',
    });
    const told = () => running.said.split('the collector does not accept traces').length - 1;
    while (told() === 0) {
      expect((await running.ask('{ viewer { subject } }')).status).toBe(200);
      await sleep(20);
    }
    for (let round = 0; round < 20; round += 1) {
      expect((await running.ask('{ viewer { subject } }')).status).toBe(200);
      await sleep(20);
    }
    await running.stop();
    expect(running.child.exitCode).toBe(0);
    expect(told()).toBe(1);
    expect(running.said).toContain('"why":"ECONNREFUSED"');
  });

  test('the log says when it takes them again', async () => {
    collector.status = 400;
    const running = await start({
      OTEL_EXPORTER_OTLP_ENDPOINT: collector.url,
      OTEL_BSP_SCHEDULE_DELAY: '10',
    });
    const until = async (words: string) => {
      while (!running.said.includes(words)) {
        await running.get('/health/live');
        await sleep(20);
      }
    };
    await until('the collector does not accept traces');
    expect(running.said).toContain('"why":400');
    collector.status = 200;
    await until('the collector accepts traces again');
  });

  test('nor does the service wait for one that never answers', async () => {
    const silent = await Collector.start(false);
    try {
      const running = await start({
        OTEL_EXPORTER_OTLP_ENDPOINT: silent.url,
        OTEL_EXPORTER_OTLP_TIMEOUT: '3600000',
      });
      expect((await running.ask('{ viewer { subject } }')).status).toBe(200);
      await running.stop();
      expect(running.child.exitCode).toBe(0);
      expect(running.said).toContain('stopped before the collector had accepted the last traces');
    } finally {
      await silent.stop();
    }
  });
});

describe('without a collector', () => {
  /** The packages of OpenTelemetry that a service has loaded when it ends. */
  async function loaded(environment: Readonly<Record<string, string>>): Promise<readonly string[]> {
    const probe = join(folder, 'probe.cjs');
    const list = `Object.keys(require('node:module')._cache).join(' ')`;
    writeFileSync(probe, `process.on('exit', () => console.log('loaded ' + ${list}));`);
    const running = await start({ NODE_OPTIONS: `--require=${probe}`, ...environment });
    expect((await running.ask('{ viewer { subject } }')).status).toBe(200);
    await running.stop();
    const [, files = ''] = /^loaded (.*)$/m.exec(running.said) ?? [];
    expect(files).toContain('prom-client');
    return [...new Set([...files.matchAll(/@opentelemetry\/[\w-]+/g)].map(([name]) => name))];
  }

  // The API is what prom-client asks whether somebody traces.
  const API = '@opentelemetry/api';

  test('nothing of OpenTelemetry is loaded but what another package has of its own', async () => {
    expect(await loaded({})).toEqual([API]);
    const off = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url, OTEL_SDK_DISABLED: 'true' };
    expect(await loaded(off)).toEqual([API]);
    const on = { OTEL_EXPORTER_OTLP_ENDPOINT: collector.url };
    expect(await loaded(on)).toContain('@opentelemetry/sdk-trace');
  });
});

describe('what the environment says of traces', () => {
  const traces = (environment: Record<string, string>) => readConfig(environment).traces;
  const log = pino({ enabled: false });

  test('is by the rules of OpenTelemetry', () => {
    const protocol = 'http/protobuf';
    const OTEL_EXPORTER_OTLP_ENDPOINT = 'http://c:4318/';
    const general = { OTEL_EXPORTER_OTLP_ENDPOINT };
    expect(traces({})).toBeNull();
    expect(traces(general)).toEqual({ endpoint: 'http://c:4318/v1/traces', protocol });
    const exact = { ...general, OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://t/x' };
    expect(traces(exact)).toEqual({ endpoint: 'https://t/x', protocol });
    const json = { ...general, OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json' };
    expect(traces({ ...json, OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' })?.protocol).toBe('http/json');
    expect(traces({ ...general, OTEL_SDK_DISABLED: 'TRUE' })).toBeNull();
  });

  test.each([
    ['an address that is none', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'collector:4318' }, '_ENDPOINT'],
    ['gRPC', { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://c', OTEL_EXPORTER_OTLP_PROTOCOL: 'grpc' }, '_PROTOCOL'],
  ])('%s keeps the service from starting, and no command', (_what, environment, word) => {
    const config = traces(environment as Record<string, string>)!;
    expect(() => startTraces(config, log)).toThrow(ConfigError);
    expect(() => startTraces(config, log)).toThrow(word);
  });
});
