import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { ERROR_CODES } from '../../../src/model/errors.js';
import { CODE, HR } from '../company.js';
import { TestService } from '../service.js';

/** Looks like a credential; nothing that is refused may repeat it. */
const CANARY = 'canary-value-that-must-not-come-back';

let service: TestService;
/** Only what is asked fails, not the imports before. */
let imported = false;
beforeAll(async () => {
  service = await TestService.start(
    {
      around: (store) =>
        new Proxy(store, {
          get(target, name) {
            const value = Reflect.get(target, name);
            if (name === 'sources' && imported)
              return async () => Promise.reject(new Error(`disk says ${CANARY}`));
            return typeof value === 'function' ? value.bind(target) : value;
          },
        }),
    },
    [HR, CODE],
  );
  imported = true;
});
afterAll(() => service.stop());

describe('errors', () => {
  test('of the inside are masked, with an id that the log has', async () => {
    const { errors, data } = await service.ask('{ sources { id } viewer { subject } }');
    expect(data).toBeNull();
    expect(errors).toHaveLength(1);
    expect(errors[0]?.extensions.code).toBe('INTERNAL');
    expect(JSON.stringify(errors)).not.toContain(CANARY);
    const requestId = errors[0]?.extensions.requestId as string;
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
    const logged = service.logged.filter((line) => line.includes(requestId));
    expect(logged.some((line) => line.includes(CANARY))).toBe(true);
  });

  test.each([
    ['no GraphQL', '{ entities('],
    ['a field that is not there', '{ enteties { totalCount } }'],
    ['an argument that does not fit', '{ entities(first: "many") { totalCount } }'],
    ['an enum value that is not there', '{ entities(filter: { kinds: [HUMANS] }) { totalCount } }'],
    ['no operation', '   '],
  ])('of the request are BAD_INPUT: %s', async (_name, query) => {
    const { errors } = await service.ask(query);
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT');
    expect(JSON.stringify(errors)).not.toMatch(/did you mean/i);
  });

  test.each([
    ['a variable', 'query ($f: Int) { entities(first: $f) { totalCount } }', { f: CANARY }],
    ['a scalar in a variable', 'query ($t: DateTime) { entities(asOf: $t) { totalCount } }', { t: CANARY }],
    [
      'an input in a variable',
      'mutation ($i: ImportSnapshotInput!) { importSnapshot(input: $i) { revision } }',
      { i: { snapshot: CANARY } },
    ],
    ['a text in the query', `{ entities(asOf: "${CANARY}") { totalCount } }`, {}],
    ['a text where none belongs', `{ entities "${CANARY}" }`, {}],
    ['a text for a number', `{ entities(first: "${CANARY}") { totalCount } }`, {}],
    ['a text for an enum', `{ entities(filter: { kinds: ["${CANARY}"] }) { totalCount } }`, {}],
    [
      'a text for an object',
      `mutation { importSnapshot(input: { snapshot: "${CANARY}" }) { revision } }`,
      {},
    ],
  ])('repeat nothing of what was sent: %s', async (_name, query, variables) => {
    const { errors } = await service.ask(query, { role: 'ADMIN', variables });
    expect(errors[0]?.extensions.code).toBe('BAD_INPUT');
    expect(errors[0]?.message.length).toBeGreaterThan(10);
    expect(JSON.stringify(errors)).not.toContain(CANARY);
    expect(service.logged.filter((line) => line.includes('"request"')).join()).not.toContain(CANARY);
  });

  test.each([
    ['query ($t: DateTime) { entities(asOf: $t) { totalCount } }', { t: 'soon' }],
    ['{ entities(asOf: "soon") { totalCount } }', {}],
  ])('say how a time is written: %s', async (query, variables) => {
    const { errors } = await service.ask(query, { variables });
    expect(errors[0]?.message).toMatch(/ Write a date, or a time such as 2026-11-27T17:00:00\.000Z\.$/);
  });

  test('have a code of the closed set, always', async () => {
    const codes = await Promise.all(
      [
        '{ blastRadius(human: "x") { revision } }',
        '{ x }',
        '{ sources { id } }',
        '{ nodes(ids: []) { id } ...F }',
      ].map((query) => service.code(query)),
    );
    for (const code of codes) expect(ERROR_CODES).toContain(code);
  });
});
