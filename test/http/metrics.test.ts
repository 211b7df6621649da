import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ERROR_CODES } from '../../src/model/errors.js';
import { HR } from '../api/company.js';
import { TestService } from '../api/service.js';
import { only } from '../api/trusted/only.js';
import { Listener } from './live/listener.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start({}, [HR]);
});
afterAll(() => service.stop());

const scrape = async () => (await fetch(`${service.url}/metrics`)).text();

/** What went wrong by now, by its code. */
async function errorCounts(): Promise<ReadonlyMap<string | undefined, number>> {
  const lines = (await scrape()).matchAll(/^tendril_errors_total\{code="(\w+)"\} (\d+)$/gm);
  return new Map([...lines].map(([, code, count]) => [code, Number(count)]));
}

/** The samples of a scrape: what is not a comment. */
const samplesOf = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));

describe('/metrics', () => {
  test('says how this instance stands to its store, in the text format', async () => {
    await fetch(`${service.url}/health/ready`);
    const response = await fetch(`${service.url}/metrics`);
    expect(response.headers.get('content-type')).toMatch(/^text\/plain; version=0\.0\.4/);
    const samples = samplesOf(await response.text());
    expect(samples).toEqual(
      expect.arrayContaining(['tendril_store_up 1', 'tendril_store_revision 1', 'tendril_index_revision 1']),
    );
    const lag = samples.find((line) => line.startsWith('tendril_index_lag_seconds '));
    expect(Number(lag?.split(' ')[1])).toBeLessThan(10);
    expect(samples.some((line) => line.startsWith('process_cpu_seconds_total '))).toBe(true);
  });

  test('counts requests by place and status, and never makes a label of what was asked', async () => {
    await fetch(`${service.url}/nowhere/canary`);
    await fetch(`${service.url}/graphql?canary=1`);
    const text = await scrape();
    expect(text).toContain('tendril_http_request_duration_seconds_count{route="other",status="404"} 1');
    expect(text).toContain('tendril_http_request_duration_seconds_count{route="/graphql",status="401"} 1');
    expect(text).not.toContain('canary');
  });

  test('counts what went wrong by its code, which the HTTP status does not say', async () => {
    const before = await errorCounts();
    expect([...before.keys()]).toEqual(ERROR_CODES);
    const { status } = await service.ask('{ blastRadius(human: "nobody") { complete } }');
    expect(status).toBe(200);
    await service.ask('{ viewer { subject } }', { role: null });
    await service.data('{ viewer { subject } }');
    const listener = new Listener(service.url, service.headers('VIEWER').authorization);
    await listener.hear('subscription { auditEventAdded { id } }').next();
    await listener.stop();
    const after = await errorCounts();
    const more = ERROR_CODES.filter((code) => after.get(code) !== before.get(code));
    expect(more).toEqual(['UNAUTHENTICATED', 'FORBIDDEN', 'NOT_FOUND']);
    const logged = service.logged.filter((line) => line.includes('"path":"/graphql"'));
    expect(logged.filter((line) => line.includes('"error":"NOT_FOUND"'))).toHaveLength(1);
  });

  test('counts a sign-in that failed by WebSocket as one by HTTP', async () => {
    const before = await errorCounts();
    const stranger = new Listener(service.url, 'Bearer nobody', false);
    expect(await stranger.closed).toMatchObject({ code: 4401 });
    const after = await errorCounts();
    const more = ERROR_CODES.map((code) => [code, (after.get(code) ?? 0) - (before.get(code) ?? 0)]);
    expect(more.filter(([, count]) => count !== 0)).toEqual([['UNAUTHENTICATED', 1]]);
  });

  test('says nothing of the company', async () => {
    await service.data('{ entities { nodes { id name } } }');
    const labels = [...(await scrape()).matchAll(/="([^"]*)"/g)].map(([, value]) => value);
    const places = samplesOf(await scrape()).flatMap((line) => /route="([^"]*)"/.exec(line)?.[1] ?? []);
    expect(new Set(places)).toEqual(new Set(['/graphql', '/health/ready', '/metrics', 'other']));
    const known = [...HR.entities.flatMap(({ id, name }) => [id, name]), 'viewer', 'admin'];
    expect(labels.filter((label) => known.includes(label ?? ''))).toEqual([]);
  });

  test('times operations by name where all names are known, and nowhere else', async () => {
    expect(await scrape()).not.toMatch(/operation=/);
    const documents = { people: 'query People { entities { totalCount } }', me: '{ viewer { subject } }' };
    const trusting = await TestService.start({}, [HR], null, { trusted: only(documents) });
    try {
      const ask = async (body: object) => {
        const response = await fetch(`${trusting.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...trusting.headers('VIEWER') },
          body: JSON.stringify(body),
        });
        await response.text();
      };
      await ask({ documentId: 'people' });
      await ask({ documentId: 'me' });
      await ask({ documentId: 'people', operationName: 'Canary' });
      await ask({ query: 'query Canary { __typename }' });
      const text = await (await fetch(`${trusting.url}/metrics`)).text();
      const counted = [...text.matchAll(/^tendril_operation_duration_seconds_count\{(.*)\} (\d+)$/gm)];
      expect(counted.map(([, labels, count]) => [labels, count])).toEqual([
        ['operation="People",status="200"', '1'],
        ['operation="me",status="200"', '1'],
        ['operation="people",status="400"', '1'],
      ]);
    } finally {
      await trusting.stop();
    }
  });

  test('says that the store is not there when it is not', async () => {
    const broken = await TestService.start();
    try {
      await broken.tendril.store.close();
      await fetch(`${broken.url}/health/ready`);
      expect(await (await fetch(`${broken.url}/metrics`)).text()).toContain('\ntendril_store_up 0\n');
    } finally {
      await broken.stop();
    }
  });
});
