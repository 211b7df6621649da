import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { Collector } from '../support/collector.js';
import { firstJson } from './support/service.js';
import { Bench, isOneSentence, outcomeOf } from './support/tendril.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

test('serves until Ctrl-C, and sees what the command line imports meanwhile', async () => {
  const child = bench.start(['serve', '--json'], { env: { TENDRIL_PORT: '0', TENDRIL_DEMO: 'off' } });
  const ended = outcomeOf(child);
  const { url, tokens } = await firstJson<{ url: string; tokens: { token: string }[] }>(child);
  const ask = async () => {
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${tokens[0]?.token}` },
      body: JSON.stringify({ query: '{ overview { revision } }' }),
    });
    return (await answer.json()) as unknown;
  };
  expect(await ask()).toMatchObject({ data: { overview: { revision: '0' } } });
  await bench.demo();
  expect(await ask()).toMatchObject({ data: { overview: { revision: '1' } } });
  child.kill('SIGINT');
  expect((await ended).code).toBe(0);
});

test('ends when it is told to, though nobody takes its traces', async () => {
  const silent = await Collector.start(false);
  try {
    const child = bench.start(['serve', '--json'], {
      env: {
        TENDRIL_PORT: '0',
        TENDRIL_DEMO: 'off',
        OTEL_EXPORTER_OTLP_ENDPOINT: silent.url,
        OTEL_EXPORTER_OTLP_TIMEOUT: '3600000',
      },
    });
    const ended = outcomeOf(child);
    const { url } = await firstJson<{ url: string }>(child);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    child.kill('SIGINT');
    expect((await ended).code).toBe(0);
    expect(silent.heard).toHaveLength(1);
  } finally {
    await silent.stop();
  }
});

test('a port in use is 1, and a sentence', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  const { port } = taken.address() as { port: number };
  try {
    const env = { TENDRIL_PORT: String(port), TENDRIL_DEMO: 'off' };
    const { code, out, err } = await bench.runWith({ env }, 'serve');
    expect({ code, out }).toEqual({ code: 1, out: '' });
    const said = err.split('\n').filter((line) => !line.startsWith('{'));
    expect(isOneSentence(said.join('\n'))).toBe(true);
    expect(err).toContain('TENDRIL_PORT');
  } finally {
    taken.close();
  }
});
