import { describe, expect, test } from '@jest/globals';
import { CODE, HR } from '../api/company.js';
import { at, TestService } from '../api/service.js';

/** A service whose store stands still at one of its calls until it is let go. */
async function heldAt(held: string, limits: { operationMillis?: number } = {}) {
  const calls: string[] = [];
  let letGo = () => {};
  const gate = new Promise<void>((resolve) => {
    letGo = resolve;
  });
  let reached = () => {};
  const there = new Promise<void>((resolve) => {
    reached = resolve;
  });
  let holding = false;
  const service = await TestService.start(
    {
      limits,
      around: (store) =>
        new Proxy(store, {
          get(target, name) {
            const value = Reflect.get(target, name);
            if (typeof value !== 'function') return value;
            return (...args: unknown[]) => {
              calls.push(String(name));
              if (!holding || name !== held) return value.apply(target, args);
              reached();
              return gate.then(() => value.apply(target, args));
            };
          },
        }),
    },
    [HR, CODE],
  );
  // The service itself follows the head all the time; what the test's operation asks is all the rest.
  const asked = () => calls.filter((name) => name !== 'head');
  const hold = () => {
    holding = true;
    calls.length = 0;
  };
  return { service, asked, hold, there, letGo };
}

/** Asks, and hangs up once the store stands still; gives back when the service has noticed. */
async function hangUp(
  { service, there }: Awaited<ReturnType<typeof heldAt>>,
  query: string,
  role: 'VIEWER' | 'ADMIN',
) {
  const lines = () => service.logged.filter((line) => line.includes('"/graphql"')).length;
  const before = lines();
  const caller = new AbortController();
  const asking = fetch(`${service.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...service.headers(role) },
    body: JSON.stringify({ query }),
    signal: caller.signal,
  }).catch((error: unknown) => error);
  await there;
  caller.abort();
  await asking;
  while (lines() === before) await new Promise((resolve) => setImmediate(resolve));
}

/** A list, and for each of its rows what is around it: two calls of the store, one after the other. */
const TWO_STEPS = '{ entities { nodes { relationships { totalCount } } } }';
const IMPORT = `mutation { importSnapshot(input: { snapshot: { source: { id: "x", syncedAt: "2026-01-01T00:00:00Z" },
  mode: "delta", entities: [{ kind: "Human", id: "x:1", name: "X" }], relationships: [] } }) { revision } }`;

describe('an operation whose caller has gone', () => {
  test('asks the store nothing more', async () => {
    const held = await heldAt('list');
    try {
      held.hold();
      await hangUp(held, TWO_STEPS, 'VIEWER');
      const until = held.asked();
      held.letGo();
      // What follows the first answer would have been asked for before this next question is.
      await held.service.data('{ sources { id } }');
      expect([until.includes('list'), held.asked().filter((name) => name !== 'sources')]).toEqual([
        true,
        until,
      ]);
      expect(held.service.logged.join('')).not.toContain('masked');
    } finally {
      await held.service.stop();
    }
  });

  test('would have asked more, had the caller stayed', async () => {
    const { service, asked, hold, letGo } = await heldAt('list');
    try {
      hold();
      letGo();
      await service.data(TWO_STEPS);
      expect(asked()).toEqual(expect.arrayContaining(['list', 'relationshipsOf']));
    } finally {
      await service.stop();
    }
  });

  test('writes to its end all the same, once it has begun to', async () => {
    const held = await heldAt('write');
    try {
      held.hold();
      await hangUp(held, IMPORT, 'ADMIN');
      held.letGo();
      let found: unknown = null;
      while (found === null) found = at(await held.service.data('{ node(id: "x:1") { id } }'), 'node');
      expect(found).toEqual({ id: 'x:1' });
    } finally {
      await held.service.stop();
    }
  });
});

describe('an operation whose time is over', () => {
  test('is answered so, while the store still stands still, and asks it nothing more', async () => {
    const { service, asked, hold, letGo } = await heldAt('list', { operationMillis: 200 });
    try {
      hold();
      const { errors } = await service.ask(TWO_STEPS);
      expect(errors[0]?.extensions).toEqual({ code: 'LIMIT_EXCEEDED', limit: 'operationMillis', value: 200 });
      const until = asked();
      letGo();
      await service.data('{ sources { id } }');
      expect(asked().filter((name) => name !== 'sources')).toEqual(until);
    } finally {
      await service.stop();
    }
  });
});
