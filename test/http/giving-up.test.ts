import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Role } from '../../src/model/roles.js';
import { CODE, HR } from '../api/company.js';
import { at, TestService } from '../api/service.js';
import { HeldStore } from './held-store.js';

/** A service whose store stands still when it is told to. */
interface Held {
  readonly store: HeldStore;
  readonly service: TestService;
}

const SHORT = 250;

/** By where the graph thinks, and how long an operation may take. */
const held: Record<string, Held> = {};

beforeAll(async () => {
  for (const index of ['memory', 'store'] as const) {
    for (const [name, limits] of [
      ['patient', {}],
      ['short', { operationMillis: SHORT }],
    ] as const) {
      const store = new HeldStore();
      const service = await TestService.start({ index, limits, around: store.around }, [HR, CODE]);
      // What it works out in the background would be counted as well.
      await service.tendril.aggregates.stop();
      held[`${index} ${name}`] = { store, service };
    }
  }
});
afterAll(async () => {
  for (const { store, service } of Object.values(held)) {
    store.letGo();
    await service.stop();
  }
});

/** Asks, and hangs up once the store stands still; settled when the service has noticed. */
async function hangUp({ service, store }: Held, query: string, role: Role): Promise<void> {
  const lines = () => service.logged.filter((line) => line.includes('"/graphql"')).length;
  const before = lines();
  const caller = new AbortController();
  const asking = fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...service.headers(role) },
    body: JSON.stringify({ query }),
    signal: caller.signal,
  }).catch((error: unknown) => error);
  const answer = await Promise.race([store.reached, asking]);
  if (answer !== undefined) throw new Error(`It came to an end before the store stood still: ${answer}`);
  caller.abort();
  await asking;
  while (lines() === before) await new Promise((resolve) => setImmediate(resolve));
}

/** Asks, and lets the store stand still at a call; on a busy machine the time may be over before it comes to that. */
async function untilOver({ service, store }: Held, call: string, query: string, role: Role) {
  for (let times = 1; ; times += 1) {
    store.hold(call);
    const answer = await service.ask(query, { role });
    if (store.asked.includes(call) || times === 20) return answer;
  }
}

/** What follows an answer of the store would have been asked for before this question is answered. */
const askSomethingElse = ({ service }: Held) => service.data('{ sources { id } }');

/** What is asked; where the graph thinks; the call at which the store stands still; and that others follow it. */
const CASES = {
  'a list, which is a root field': [
    'memory',
    'list',
    'VIEWER',
    '{ entities { nodes { relationships { totalCount } } } }',
  ],
  'what is around its rows, which is below one': [
    'memory',
    'relationshipsOf',
    'VIEWER',
    '{ entities { nodes { relationships { nodes { to { owners { totalCount } } } } } } }',
  ],
  'a past state': [
    'memory',
    'revisionAt',
    'VIEWER',
    '{ entities(asOf: "2026-06-01T12:00:00Z") { nodes { relationships { totalCount } } } }',
  ],
  'a radius, thought about in the store': [
    'store',
    'expand',
    'VIEWER',
    '{ blastRadius(human: "hr:ada") { exposure { totalCount } continuity { totalCount } } }',
  ],
  'a plan that is only looked at': [
    'store',
    'expand',
    'OPERATOR',
    '{ previewRevocation(target: "code:token") { hash steps { kind } } }',
  ],
  'everybody, person by person': ['store', 'list', 'VIEWER', '{ exposureRanking { totalCount } }'],
  'cases and what is wrong with them': [
    'memory',
    'journal.documentsFrom',
    'VIEWER',
    // What stops by expiry is told of what is counted in the background, which stands still with this store.
    '{ attention(kinds: [CASE_STUCK, EXPIRED_WAIVER, RESURRECTED]) { totalCount } }',
  ],
} as const satisfies Record<string, readonly ['memory' | 'store', string, Role, string]>;
const cases = Object.entries(CASES);

describe('an operation that is waited for', () => {
  test.each(cases)('asks on after that call: %s', async (_name, [index, call, role, query]) => {
    const { service, store } = held[`${index} patient`]!;
    store.hold(null);
    await service.data(query, { role });
    expect(store.asked.length - 1).toBeGreaterThan(store.asked.indexOf(call));
    expect(store.asked).toContain(call);
  });
});

describe('an operation whose caller has gone', () => {
  test.each(cases)('asks nothing more: %s', async (_name, [index, call, role, query]) => {
    const one = held[`${index} patient`]!;
    one.store.hold(call);
    await hangUp(one, query, role);
    const until = one.store.asked;
    one.store.letGo();
    await askSomethingElse(one);
    expect(until).toContain(call);
    expect(one.store.asked).toEqual([...until, 'sources']);
    expect(one.service.logged.join('')).not.toContain('masked');
  });

  test('is recorded as a request without an answer, and not as a success', async () => {
    const one = held['memory patient']!;
    const successes = async () => {
      const text = await (await fetch(`${one.service.url}/metrics`)).text();
      const of = (status: string) => new RegExp(`_count\\{route="/graphql",status="${status}"\\} (\\d+)`);
      return ['200', 'none'].map((status) => Number(of(status).exec(text)?.[1] ?? 0));
    };
    const [answered = 0, unanswered = 0] = await successes();
    one.store.hold('list');
    await hangUp(one, '{ entities { totalCount } }', 'VIEWER');
    one.store.letGo();
    expect(await successes()).toEqual([answered, unanswered + 1]);
    const last = one.service.logged.filter((line) => line.includes('"/graphql"')).at(-1) ?? '';
    expect(JSON.parse(last)).toMatchObject({ status: null });
  });

  test('writes to its end all the same, once it has begun to', async () => {
    const one = held['memory patient']!;
    one.store.hold('write');
    const write = `mutation { importSnapshot(input: { snapshot: { source: { id: "x", syncedAt: "2026-01-01T00:00:00Z" },
      mode: "delta", entities: [{ kind: "Human", id: "x:1", name: "X" }], relationships: [] } }) { revision } }`;
    await hangUp(one, write, 'ADMIN');
    one.store.letGo();
    let found: unknown = null;
    while (found === null) {
      await new Promise((resolve) => setTimeout(resolve, 20));
      found = at(await one.service.data('{ node(id: "x:1") { id } }'), 'node');
    }
    expect(found).toEqual({ id: 'x:1' });
  });
});

describe('an operation whose time is over', () => {
  test.each(cases)('is answered, and asks nothing more: %s', async (_name, [index, call, role, query]) => {
    const one = held[`${index} short`]!;
    const { errors } = await untilOver(one, call, query, role);
    const over = { code: 'LIMIT_EXCEEDED', limit: 'operationMillis', value: SHORT };
    expect(errors.map(({ extensions }) => extensions)).toContainEqual(over);
    const until = one.store.asked;
    one.store.letGo();
    await askSomethingElse(one);
    expect(until).toContain(call);
    expect(one.store.asked).toEqual([...until, 'sources']);
  });
});
