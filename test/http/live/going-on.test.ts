import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { CODE, HR } from '../../api/company.js';
import { at, TestService } from '../../api/service.js';
import { commit, factOf } from '../../contract/fixtures.js';
import { type Heard, Listener, untilSubscribed } from './listener.js';

const CHANGED =
  'subscription Changed($since: ID) { graphChanged(since: $since) { since revision entities } }';
const AUDIT = 'subscription Audit($after: Int) { auditEventAdded(after: $after) { seq revision } }';

let service: TestService;
let listener: Listener;
let first = 0;
let second = 0;
beforeAll(async () => {
  service = await TestService.start();
  first = await service.import(HR);
  second = await service.import(CODE);
  listener = new Listener(service.url, service.headers('AUDITOR').authorization);
});
afterEach(() => untilSubscribed(service.url, 0));
afterAll(async () => {
  await listener.stop();
  await service.stop();
});

interface Change {
  readonly since: string;
  readonly revision: string;
}
const changeIn = async (heard: Heard) => at(await heard.next(), 'data.graphChanged');
const codeOf = async (heard: Heard) => at(await heard.next(), 'errors.0.extensions.code');
let apps = 0;
const oneMore = () => {
  apps += 1;
  const entities = [{ kind: 'App', id: `code:app-${apps}`, name: 'one more' }];
  return service.import({ ...CODE, mode: 'delta', entities, relationships: [] });
};

describe('changes of the graph', () => {
  test('since a known state are told at once, as one, and then each', async () => {
    const heard = listener.hear(CHANGED, { since: String(first) });
    const missed = { since: String(first), revision: String(second), entities: CODE.entities.length };
    expect(await changeIn(heard)).toEqual(missed);
    const third = await oneMore();
    expect(await changeIn(heard)).toEqual({ since: String(second), revision: String(third), entities: 1 });
    heard.stop();
  });

  test('reach a client that was cut off and connects again by itself, as the page on subscriptions shows it', async () => {
    const variables = { since: String((await service.tendril.store.head()).revision) };
    const from = variables.since;
    let socket: WebSocket | undefined;
    const client = createClient({
      url: `${service.url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      connectionParams: service.headers('VIEWER'),
      retryWait: () =>
        untilSubscribed(service.url, 0)
          .then(() => oneMore())
          .then(() => {}),
      on: {
        opened: (opened) => {
          socket = opened as WebSocket;
        },
      },
    });
    const told: unknown[] = [];
    await oneMore();
    for await (const { data } of client.iterate<{ graphChanged: Change }>({ query: CHANGED, variables })) {
      const { since, revision } = data!.graphChanged;
      told.push([since, revision]);
      variables.since = revision;
      if (told.length === 2) break;
      socket!.terminate();
    }
    await client.dispose();
    const [first, second, third] = [0, 1, 2].map((more) => String(Number(from) + more));
    expect(told).toEqual([
      [first, second],
      [second, third],
    ]);
  });

  test('since the newest state are none', async () => {
    const { revision } = await service.tendril.store.head();
    const heard = listener.hear(CHANGED, { since: String(revision) });
    const told = changeIn(heard);
    await untilSubscribed(service.url, 1);
    const next = await oneMore();
    expect(await told).toEqual({ since: String(revision), revision: String(next), entities: 1 });
    heard.stop();
  });

  test('since a state that is none, or not here, are refused', async () => {
    const asked = ['yesterday', '-1', '999'].map((since) => codeOf(listener.hear(CHANGED, { since })));
    expect(await Promise.all(asked)).toEqual(['BAD_INPUT', 'BAD_INPUT', 'STALE_READ']);
  });
});

describe('audit events', () => {
  test('after a known one are all told, however many, before those that come', async () => {
    const { seq = 0 } = (await service.tendril.store.journal.auditHead()) ?? {};
    const facts = Array.from({ length: 250 }, () => factOf('HAPPENED'));
    await commit(service.tendril.store, async () => {}, { facts });
    const heard = listener.hear(AUDIT, { after: seq - 1 });
    const seqs: unknown[] = [];
    while (seqs.length < 251) seqs.push(at(await heard.next(), 'data.auditEventAdded.seq'));
    await oneMore();
    seqs.push(at(await heard.next(), 'data.auditEventAdded.seq'));
    expect(seqs).toEqual(Array.from({ length: 252 }, (_, index) => seq + index));
    heard.stop();
  });

  test('after one that is none, or not here, are refused', async () => {
    const asked = [-1, 999_999].map((after) => codeOf(listener.hear(AUDIT, { after })));
    expect(await Promise.all(asked)).toEqual(['BAD_INPUT', 'STALE_READ']);
  });
});
