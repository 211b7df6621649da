import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { CODE, HR, many } from '../company.js';
import { at, NOW, TestService } from '../service.js';

/** Three states: people only; then what they use; then the token is revoked and a repository is gone. */
const FIRST = '2026-02-01T00:00:00.000Z';
const SECOND = '2026-03-01T00:00:00.000Z';
const THIRD = '2026-04-01T00:00:00.000Z';

let service: TestService;
beforeAll(async () => {
  service = await TestService.start();
  await service.import(HR, FIRST);
  await service.import(CODE, SECOND);
  await service.import(
    {
      source: { ...CODE.source, syncedAt: THIRD },
      mode: 'delta',
      entities: [
        { kind: 'Token', id: 'code:token', name: 'ci token', status: 'REVOKED' },
        { kind: 'Resource', id: 'code:repo', name: 'web, renamed', sensitivity: 'LOW' },
      ],
      relationships: [
        { type: 'CAN_ACCESS', from: 'code:ada', to: 'code:repo', permission: 'WRITE', ended: true },
      ],
    },
    THIRD,
  );
});
afterAll(() => service.stop());

const between = '2026-03-15T00:00:00.000Z';

describe('asOf', () => {
  test('answers for entities as they were recorded', async () => {
    const data = await service.data(`{
      before: entity(id: "code:repo", asOf: "${FIRST}") { id }
      middle: entity(id: "code:repo", asOf: "${between}") { name relationships(direction: IN) { totalCount } }
      now: entity(id: "code:repo") { name relationships(direction: IN) { totalCount } }
      ended: entity(id: "code:repo") { relationships(direction: IN, ended: true) { totalCount } }
      none: entities(asOf: "2020-01-01T00:00:00Z") { totalCount revision }
      first: entities(asOf: "${FIRST}") { totalCount revision }
      person: human(email: "ada@acme.example", asOf: "2020-01-01T00:00:00Z") { id }
    }`);
    expect(data).toEqual({
      before: null,
      middle: { name: 'web', relationships: { totalCount: 2 } },
      now: { name: 'web, renamed', relationships: { totalCount: 1 } },
      ended: { relationships: { totalCount: 2 } },
      none: { totalCount: 0, revision: '0' },
      first: { totalCount: 5, revision: '1' },
      person: null,
    });
  });

  test('says at which moment something was not there, and only where one was asked about', async () => {
    const message = async (query: string) => (await service.ask(query)).errors[0]?.message;
    const asked = (more: string) => message(`{ whoCanReach(entity: "code:repo"${more}) { totalCount } }`);
    expect(await asked(`, asOf: "2026-02-15T08:00:00Z"`)).toBe(
      'No entity had the id "code:repo" at 2026-02-15T08:00:00.000Z. Ask about a later time, or leave the time out to ask about now.',
    );
    expect(await asked(', asOf: "2020-01-01T00:00:00Z"')).toContain(
      'at 2020-01-01T00:00:00.000Z (the start of that day, in UTC): nothing had been imported by then.',
    );
    expect(await message('{ whoCanReach(entity: "nobody") { totalCount } }')).toBe(
      'No entity has the id "nobody": check it and ask again.',
    );
    expect(await message('{ blastRadius(human: "nobody") { complete } }')).toBe(
      'No human has the id or email "nobody", and no account has that id: check it and ask again.',
    );
  });

  test('answers for radii and paths, with the relationships of that time', async () => {
    const data = await service.data(`{
      middle: blastRadius(human: "hr:ada", asOf: "${between}") { asOf revision
        exposure(filter: { kinds: [RESOURCE, TOKEN] }) { nodes { entity { id name } path { relationship { endedAt } } } } }
      now: blastRadius(human: "hr:ada") { asOf revision exposure(filter: { kinds: [RESOURCE, TOKEN] }) { nodes { entity { id } } } }
      paths: accessPaths(from: "hr:ada", to: "code:repo", asOf: "${between}") { length }
      noPaths: accessPaths(from: "hr:ada", to: "code:repo") { length }
      who: whoCanReach(entity: "code:repo", asOf: "${between}") { totalCount }
      whoNow: whoCanReach(entity: "code:repo") { totalCount }
    }`);
    expect(at(data, 'middle.asOf')).toBe(between);
    expect(at(data, 'middle.revision')).toBe('2');
    expect(at(data, 'middle.exposure.nodes')).toEqual([
      {
        entity: { id: 'code:repo', name: 'web' },
        path: [{ relationship: { endedAt: null } }, { relationship: { endedAt: null } }],
      },
      expect.objectContaining({ entity: { id: 'code:token', name: 'ci token' } }),
      expect.objectContaining({ entity: { id: 'code:docs', name: 'docs' } }),
    ]);
    expect(at(data, 'now')).toEqual({
      asOf: NOW,
      revision: '3',
      exposure: { nodes: [{ entity: { id: 'code:docs' } }] },
    });
    expect([at(data, 'paths.0.length'), at(data, 'noPaths')]).toEqual([2, []]);
    expect([at(data, 'who.totalCount'), at(data, 'whoNow.totalCount')]).toEqual([2, 1]);
  });

  test('judges expiry at that moment', async () => {
    const data = await service.data(`{
      last: entity(id: "code:token", asOf: "2026-03-31T00:00:00Z") { status live }
      later: blastRadius(human: "hr:cleo", asOf: "2030-01-01T00:00:00Z") { revision exposure { totalCount } }
    }`);
    expect(data).toEqual({
      last: { status: 'ACTIVE', live: true },
      later: { revision: '3', exposure: { totalCount: 3 } },
    });
    const expiring = {
      source: { id: 'x:acme', syncedAt: FIRST },
      mode: 'full',
      entities: [{ kind: 'Token', id: 'x:token', name: 't', expiresAt: '2026-05-01T00:00:00.000Z' }],
      relationships: [],
    };
    const running = await TestService.start();
    try {
      await running.import(expiring, FIRST);
      const ask = (moment: string) => `entity(id: "x:token", asOf: "${moment}") { status live }`;
      expect(
        await running.data(
          `{ before: ${ask('2026-04-30T23:59:59.999Z')} at: ${ask('2026-05-01T00:00:00.000Z')} }`,
        ),
      ).toEqual({ before: { status: 'ACTIVE', live: true }, at: { status: 'EXPIRED', live: false } });
    } finally {
      await running.stop();
    }
  });

  test('refuses what is no time', async () => {
    expect(await service.code('{ entity(id: "hr:ada", asOf: "yesterday") { id } }')).toBe('BAD_INPUT');
  });
});

describe('several past moments in one operation', () => {
  const radius = (name: string, moment: string) =>
    `${name}: blastRadius(human: "hr:ada", asOf: "${moment}") { revision complete summary { highestPermission } }`;

  test('are at most as many as the limit says', async () => {
    const days = ['01', '02', '03', '04'].map((day) => `2026-02-${day}T00:00:00Z`);
    const fits = days.map((day, at) => radius(`a${at}`, day)).join(' ');
    // The present is none of them, and the same moment again is no further one.
    const again = `${radius('again', '2026-02-01T00:00:00Z')} now: blastRadius(human: "hr:ada") { revision }`;
    await service.data(`{ ${fits} ${again} }`);
    const { errors } = await service.ask(`{ ${fits} ${radius('more', '2026-02-05T00:00:00Z')} }`);
    expect(errors.map(({ extensions }) => extensions)).toEqual([
      { code: 'LIMIT_EXCEEDED', limit: 'moments', value: 4 },
    ]);
  });

  test('are loaded one at a time, and let the present have its turn', async () => {
    let [scanning, most, scans] = [0, 0, 0];
    const slowly = async function* (rows: AsyncIterable<unknown>) {
      scanning += 1;
      scans += 1;
      most = Math.max(most, scanning);
      yield* rows as AsyncIterable<never>;
      await new Promise((resolve) => setTimeout(resolve, 30));
      scanning -= 1;
    };
    const running = await TestService.start({
      around: (store) =>
        new Proxy(store, {
          get(target, name) {
            const value = Reflect.get(target, name);
            if (name === 'scan') return (since: number, until: number) => slowly(target.scan(since, until));
            return typeof value === 'function' ? value.bind(target) : value;
          },
        }),
    });
    try {
      await running.import(HR, FIRST);
      await running.import(CODE, SECOND);
      await running.import(many(3), THIRD);
      await running.import(many(4), '2026-05-01T00:00:00.000Z');
      await running.data('{ overview { revision } }');
      [most, scans] = [0, 0];
      const moments = [FIRST, SECOND, THIRD].map((moment, at) => radius(`a${at}`, moment)).join(' ');
      const data = await running.data(`{ ${moments} }`);
      expect(['a0', 'a1', 'a2'].map((name) => at(data, `${name}.revision`))).toEqual(['1', '2', '3']);
      expect([most, scans]).toEqual([1, 3]);
    } finally {
      await running.stop();
    }
  });
});

describe('an operation', () => {
  test('speaks of one state, though another is written meanwhile', async () => {
    let write = async () => {};
    const running: TestService = await TestService.start(
      {
        around: (store) =>
          new Proxy(store, {
            get(target, name) {
              const value = Reflect.get(target, name);
              if (name !== 'list') return typeof value === 'function' ? value.bind(target) : value;
              return async (...args: unknown[]) => {
                // The first list of an operation writes before it reads; what only counts is the background's.
                if ((args[0] as { limit: number }).limit > 1) await write();
                return value.apply(target, args);
              };
            },
          }),
      },
      [HR, CODE],
    );
    try {
      // What is asked about everybody has been worked out of this state, and need not be waited for.
      const seen = { headers: { 'tendril-at-least-revision': '2' } };
      await running.data('{ overview { revision } }', seen);
      let written = 0;
      write = async () => {
        written += 1;
        if (written === 1) await running.import(many(3));
      };
      const query =
        '{ a: entities { totalCount revision } b: entities { totalCount revision } overview { revision } }';
      expect(await running.data(query)).toEqual({
        a: { totalCount: 18, revision: '2' },
        b: { totalCount: 18, revision: '2' },
        overview: { revision: '2' },
      });
      expect(written).toBe(2);
      expect(at(await running.data(query), 'b')).toEqual({ totalCount: 21, revision: '3' });
    } finally {
      await running.stop();
    }
  });

  test('reads no older state than its caller has seen', async () => {
    const seen = (revision: string) => ({ headers: { 'tendril-at-least-revision': revision } });
    expect(await service.code('{ overview { revision } }', seen('3'))).toBeUndefined();
    const bad = await service.ask('{ overview { revision } }', seen('three'));
    expect([bad.status, bad.errors[0]?.extensions.code]).toEqual([400, 'BAD_INPUT']);
    expect(await service.code('{ overview { revision } }', seen('99'))).toBe('STALE_READ');
    const past = `{ entity(id: "hr:ada", asOf: "${FIRST}") { id } }`;
    expect(await service.code(past, seen('3'))).toBeUndefined();
    expect(await service.code(past, seen('99'))).toBe('STALE_READ');
  });
});
