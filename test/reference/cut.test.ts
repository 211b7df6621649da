import { describe, expect, test } from '@jest/globals';
import { blindSpots } from './blind-spots.js';
import { cut } from './cut.js';
import { draft, NOW } from './draft.js';
import { knownUnits, type RotateReadable } from './known-units.js';
import type { PlainGraph } from './plain-graph.js';

function foreign(graph: PlainGraph, start: string, policy: RotateReadable = 'never'): string[] {
  return [...cut(graph, start, policy)].filter(([, entry]) => entry.foreign).map(([id]) => id);
}

describe('the cut', () => {
  test('holdings, what is known or owned, and what a shared account issued', () => {
    const graph = draft(
      {
        ...{ ada: 'Human', bob: 'Human', a: 'Account', s: 'Account', gr: 'Grant' },
        ...{ t: 'Token', k: 'Token REVOKED', o: 'Token', i: 'Token', j: 'Token', x: 'Token', y: 'Token' },
      },
      [
        ...['ada HAS_ACCOUNT a', 'ada HAS_ACCOUNT s', 'bob HAS_ACCOUNT s', 'a ISSUED t', 'a KNOWS k'],
        ...['ada OWNS o blind', 's ISSUED i', 's GRANTED gr', 'gr ISSUED j', 's KNOWS x', 'bob OWNS y'],
      ],
    );
    const all = Object.fromEntries([...cut(graph, 'ada', 'never')].map(([id, entry]) => [id, entry.foreign]));
    expect(all).toEqual({ a: false, i: true, j: true, k: true, o: true, t: false, x: true });
    expect(foreign(graph, 'a')).toEqual(['k']);
    expect(foreign(graph, 's')).toEqual(['i', 'j', 'x']);
  });

  test('families of one source and descendants, to a fixpoint', () => {
    const graph = draft(
      {
        ...{
          ada: 'Human',
          a: 'Account',
          one: ['Token', { family: 'f' }],
          two: ['Token REVOKED', { family: 'f' }],
        },
        ...{ far: ['Token', { family: 'f', source: 'elsewhere' }], child: ['Token', { family: 'g' }] },
        ...{ cousin: ['Token', { family: 'g', expiresAt: NOW }], alone: 'Token', lone: 'Token' },
      },
      [
        'ada HAS_ACCOUNT a',
        'a ISSUED one',
        'two DELEGATED_TO child',
        'a ISSUED alone',
        'lone DELEGATED_TO one',
      ],
    );
    expect(foreign(graph, 'ada')).toEqual(['child', 'cousin', 'two']);
  });

  test('what is stored in a unit that is known, by any member', () => {
    const graph = draft(
      {
        ...{
          ada: 'Human',
          k: 'Secret',
          c: 'Secret REVOKED',
          o: 'Secret',
          t: 'Token',
          u: 'Token',
          v: 'Token',
        },
        ...{ mine: ['Resource RETIRED', { personal: true }], ours: ['Resource', { personal: false }] },
        ...{ p: 'Secret', q: 'Secret' },
      },
      [
        ...['ada KNOWS k', 'k COPY_OF c', 'o COPY_OF c', 't STORED_IN o', 'ada OWNS mine', 'ada OWNS ours'],
        ...['mine HAS_SECRET p ADMIN', 'ours HAS_SECRET q', 'u STORED_IN p', 'v STORED_IN q'],
      ],
    );
    expect(foreign(graph, 'ada')).toEqual(['t', 'u']);
    expect(knownUnits(graph, 'ada', 'never')).toEqual([['c', 'k', 'o'], ['p']]);
    expect(foreign(graph, 'ada', 'always')).toEqual(['t', 'u', 'v']);
  });
});

describe('what could have been read', () => {
  const graph = draft(
    {
      ...{
        ada: 'Human',
        a: 'Account',
        k: 'Secret',
        q: 'Secret',
        d: 'Secret REVOKED',
        t: 'Token',
        u: 'Token',
      },
      ...{
        db: ['Resource', { sensitivity: 'HIGH' }],
        gone: ['Resource RETIRED', { sensitivity: 'CRITICAL' }],
      },
      ...{ s: 'ServiceIdentity', i: 'Token' },
    },
    [
      ...[
        'ada HAS_ACCOUNT a',
        'a CAN_READ k',
        'a CAN_READ q',
        'a CAN_READ d',
        't STORED_IN k',
        'u STORED_IN q',
      ],
      ...['t CREDENTIAL_OF s', 's CAN_ACCESS db', 'u CAN_ACCESS gone', 'i STORED_IN d', 'i CAN_ACCESS db'],
    ],
  );

  test.each([
    ['never', [], []],
    ['sensitive', [['k']], ['t']],
    ['always', [['k'], ['q']], ['t', 'u']],
  ] as const)('%s', (policy, units, tokens) => {
    expect(knownUnits(graph, 'ada', policy)).toEqual(units);
    expect(foreign(graph, 'ada', policy)).toEqual(tokens);
  });
});

test('blind spots: what the source of an account does not say that it looks for', () => {
  const graph = draft(
    {
      ada: 'Human',
      a: ['Account', { source: 'git' }],
      b: ['Account', { source: 'hr' }],
      c: 'Account',
      x: 'Account',
    },
    ['ada HAS_ACCOUNT a', 'ada HAS_ACCOUNT b', 'ada HAS_ACCOUNT c'],
  );
  const reports = new Map([
    ['git', ['Account', 'Token', 'Grant', 'Job']],
    ['hr', ['Token', 'ISSUED']],
  ]);
  const expected = [
    { account: 'b', missing: ['Grant', 'Job'] },
    { account: 'c', missing: ['Token', 'Grant', 'Job'] },
  ];
  expect(blindSpots(graph, 'ada', reports)).toEqual(expected);
  expect(blindSpots(graph, 'b', reports)).toEqual(expected.slice(0, 1));
});
