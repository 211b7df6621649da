import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { serverAudits } from 'graphql-http';
import { TestService } from '../api/service.js';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
});
afterAll(() => service.stop());

test('every audit of GraphQL over HTTP is met: 13 that must be, and 23 that should be', async () => {
  const audits = serverAudits({
    url: `${service.url}/graphql`,
    // Signed in, and with the header without which a GET could come from a page elsewhere.
    fetchFn: (url: string, init: RequestInit = {}) =>
      fetch(url, {
        ...init,
        headers: { ...init.headers, ...service.headers('VIEWER'), 'apollo-require-preflight': 'true' },
      }),
  });
  const results = await Promise.all(audits.map(({ fn }) => fn()));
  const missed = results.flatMap((result) =>
    result.status === 'ok' ? [] : [`${result.id} ${result.name}: ${result.reason}`],
  );
  const named = (word: string) => results.filter(({ name }) => name.startsWith(`${word} `)).length;
  expect([missed, named('MUST'), named('SHOULD')]).toEqual([[], 13, 23]);
});

test('a subscription by HTTP gets an error that says where to subscribe, which is no defect of the service', async () => {
  const response = await fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...service.headers('VIEWER') },
    body: JSON.stringify({ query: 'subscription { graphChanged { revision } }' }),
  });
  const { data, errors } = (await response.json()) as { data?: unknown; errors: readonly object[] };
  expect([response.status, data]).toEqual([400, undefined]);
  expect(errors).toEqual([
    { message: expect.stringContaining('graphql-transport-ws'), extensions: { code: 'BAD_INPUT' } },
  ]);
});
