import { describe, expect, test } from '@jest/globals';
import { draft, NOW } from './draft.js';
import { exposure } from './exposure.js';
import type { PlainGraph } from './plain-graph.js';

/** Each entity with its level, distance and path in one line. */
function lines(graph: PlainGraph, start: string): string[] {
  return exposure(graph, start).map(({ id, level, distance, path }) =>
    [id, level, distance, ...path.map(({ type, to }) => `${type}>${to}`)].join(' '),
  );
}

function found(graph: PlainGraph, start: string): string[] {
  return exposure(graph, start).map(({ id, level }) => `${id}${level}`);
}

describe('what is dead in between', () => {
  const graph = draft(
    {
      ada: 'Human LEFT',
      a: 'Account DISABLED',
      g: 'Group',
      t: 'Token',
      r: 'Resource',
      gr: 'Grant REVOKED',
      u: 'Token',
    },
    [
      'ada HAS_ACCOUNT a',
      'a MEMBER_OF g',
      'a ISSUED t',
      't CAN_ACCESS r WRITE',
      'a GRANTED gr',
      'gr ISSUED u',
      'gr CAN_ACCESS r ADMIN',
    ],
  );

  test('a disabled account has working tokens and no groups; a revoked grant has a token and no access', () => {
    expect(lines(graph, 'ada')).toEqual([
      'r 2 3 HAS_ACCOUNT>a ISSUED>t CAN_ACCESS>r',
      't 1 2 HAS_ACCOUNT>a ISSUED>t',
      'u 1 3 HAS_ACCOUNT>a GRANTED>gr ISSUED>u',
    ]);
  });

  test('asked about the account, the account itself is dead as it is', () => {
    expect(lines(graph, 'a')).toEqual([
      'r 2 2 ISSUED>t CAN_ACCESS>r',
      't 1 1 ISSUED>t',
      'u 1 2 GRANTED>gr ISSUED>u',
    ]);
  });

  test('a person who left is walked from as if live', () => {
    const owner = draft({ ada: 'Human LEFT', j: 'Job' }, ['ada OWNS j']);
    expect(lines(owner, 'ada')).toEqual(['j 1 1 OWNS>j']);
  });

  test('a token that expires just now is dead: only what crosses the dead goes on', () => {
    const expiring = (expiresAt: number) =>
      draft({ ada: 'Human', t: ['Token', { expiresAt }], c: 'Token', r: 'Resource' }, [
        'ada KNOWS t',
        't CAN_ACCESS r',
        't DELEGATED_TO c',
      ]);
    expect(found(expiring(NOW + 1), 'ada')).toEqual(['c1', 'r1', 't1']);
    expect(found(expiring(NOW), 'ada')).toEqual(['c1']);
    expect(found(expiring(NOW - 1), 'ada')).toEqual(['c1']);
  });
});

describe('levels', () => {
  test('who only uses an account does not get what it was issued or granted', () => {
    const graph = draft(
      { ada: 'Human', k: 'Secret', a: 'Account', t: 'Token', gr: 'Grant', g: 'Group', r: 'Resource' },
      [
        'ada KNOWS k',
        'k CREDENTIAL_OF a',
        'a ISSUED t',
        'a GRANTED gr',
        'a MEMBER_OF g',
        'g CAN_ACCESS r ADMIN',
      ],
    );
    expect(found(graph, 'ada')).toEqual(['a1', 'g1', 'k1', 'r3']);
  });

  test('an App that is used still gives its grants, held; a grant that is used gives no tokens', () => {
    const graph = draft(
      { ada: 'Human', k: 'Secret', app: 'App', gr: 'Grant', g2: 'Grant', t: 'Token', u: 'Token' },
      [
        'ada KNOWS k',
        'k CREDENTIAL_OF app',
        'app GRANTED gr',
        'gr ISSUED t',
        'k CREDENTIAL_OF g2',
        'g2 ISSUED u',
      ],
    );
    expect(found(graph, 'ada')).toEqual(['app1', 'g21', 'gr2', 'k1', 't1']);
  });

  test('reached again with a higher level it is walked again, and its path may come by it twice', () => {
    const graph = draft({ ada: 'Human', k: 'Secret', a: 'Account', g: 'Group', t: 'Token' }, [
      'ada KNOWS k',
      'k CREDENTIAL_OF a',
      'a MEMBER_OF g',
      'g OWNS a',
      'a ISSUED t',
    ]);
    const toA = 'KNOWS>k CREDENTIAL_OF>a MEMBER_OF>g OWNS>a';
    expect(lines(graph, 'ada')).toEqual([
      `a 2 4 ${toA}`,
      'g 1 3 KNOWS>k CREDENTIAL_OF>a MEMBER_OF>g',
      'k 1 1 KNOWS>k',
      `t 1 5 ${toA} ISSUED>t`,
    ]);
  });

  test('the highest permission counts, by its own shortest way', () => {
    const graph = draft({ ada: 'Human', a: 'Account', g: 'Group', r: 'Resource', in: 'Resource' }, [
      'ada HAS_ACCOUNT a',
      'a CAN_ACCESS r READ',
      'a MEMBER_OF g',
      'g CAN_ACCESS r WRITE',
      'r CONTAINS in',
      'a CAN_ACCESS in READ',
    ]);
    expect(lines(graph, 'ada')).toEqual([
      'a 2 1 HAS_ACCOUNT>a',
      'g 1 2 HAS_ACCOUNT>a MEMBER_OF>g',
      'in 2 4 HAS_ACCOUNT>a MEMBER_OF>g CAN_ACCESS>r CONTAINS>in',
      'r 2 3 HAS_ACCOUNT>a MEMBER_OF>g CAN_ACCESS>r',
    ]);
  });

  test.each([
    ['READ', ['a2', 'k1', 'r1']],
    ['WRITE', ['a2', 'j1', 'k1', 'r2']],
    ['ADMIN', ['a2', 'j1', 'k1', 'r3', 's1']],
  ])('with %s on a repository', (permission, expected) => {
    const graph = draft(
      { ada: 'Human', a: 'Account', r: 'Resource', k: 'Secret', j: 'Job', s: 'ServiceIdentity' },
      [
        'ada HAS_ACCOUNT a',
        `a CAN_ACCESS r ${permission}`,
        'r HAS_SECRET k READ',
        'j DEFINED_IN r',
        'r CAN_ASSUME s ADMIN',
      ],
    );
    expect(found(graph, 'ada')).toEqual(expected);
  });

  test('OWNS gives ADMIN, but nothing where it is without access; what has ended gives nothing', () => {
    const graph = draft({ ada: 'Human', r: 'Resource', q: 'Resource', p: 'Resource' }, [
      'ada OWNS r',
      'ada OWNS q blind',
      'ada OWNS p ended',
    ]);
    expect(found(graph, 'ada')).toEqual(['r3']);
  });
});

describe('against the arrow', () => {
  test('a secret gives the tokens stored in it and its copies, both ways; an app gives its grants', () => {
    const graph = draft(
      {
        ada: 'Human',
        k: 'Secret REVOKED',
        o: 'Secret ROTATION_REQUIRED',
        c: 'Secret',
        t: 'Token',
        app: 'App',
        gr: 'Grant',
      },
      ['ada KNOWS k', 'k COPY_OF o', 'c COPY_OF k', 't STORED_IN c', 'ada OWNS app', 'gr TO_APP app'],
    );
    expect(lines(graph, 'ada')).toEqual([
      'app 2 1 OWNS>app',
      'c 1 2 KNOWS>k COPY_OF>c',
      'gr 2 2 OWNS>app TO_APP>gr',
      'o 1 2 KNOWS>k COPY_OF>o',
      't 1 3 KNOWS>k COPY_OF>c STORED_IN>t',
    ]);
  });
});

describe('the smallest of the shortest paths', () => {
  test('by type, then by the bytes of the id, step by step', () => {
    const graph = draft(
      {
        ada: 'Human',
        '\u{e000}': 'Account',
        '\u{10000}': 'Account',
        b: 'Group',
        r: 'Resource',
        q: 'Resource',
      },
      [
        'ada HAS_ACCOUNT \u{10000}',
        'ada HAS_ACCOUNT \u{e000}',
        '\u{10000} CAN_ACCESS r',
        '\u{e000} CAN_ACCESS r',
        'ada OWNS b',
        'b CAN_ACCESS q',
        '\u{10000} CAN_ACCESS q',
      ],
    );
    const all = exposure(graph, 'ada');
    expect(all.map(({ id }) => id)).toEqual(['b', 'q', 'r', '\u{e000}', '\u{10000}']);
    expect(all.find(({ id }) => id === 'r')?.path[0]).toEqual({ type: 'HAS_ACCOUNT', to: '\u{e000}' });
    expect(all.find(({ id }) => id === 'q')?.path[0]).toEqual({ type: 'HAS_ACCOUNT', to: '\u{10000}' });
  });
});

describe('unmanaged accounts', () => {
  const own = (kind: string, more: readonly string[]) =>
    draft({ ada: 'Human', m: ['Account', { managed: false }], n: ['Account', { managed: false }], t: kind }, [
      'ada HAS_ACCOUNT m',
      ...more,
    ]);

  test('are left out when they lead to nothing live but one another', () => {
    expect(found(own('Token', []), 'ada')).toEqual([]);
    expect(found(own('Token', ['m CAN_ASSUME n']), 'ada')).toEqual([]);
    expect(found(own('Token REVOKED', ['m CAN_ASSUME n', 'n ISSUED t']), 'ada')).toEqual([]);
    expect(found(own('Token', []), 'm')).toEqual([]);
  });

  test('are left out while they are spent, with what comes of them alone', () => {
    expect(found(own('Token', ['m ISSUED t']), 'ada')).toEqual([]);
    expect(found(own('Token', ['m CAN_ASSUME n', 'n ISSUED t']), 'ada')).toEqual([]);
    expect(found(own('Resource', ['m CAN_ASSUME n', 'n CAN_ACCESS t']), 'ada')).toEqual(['m2', 'n1', 't1']);
  });
});

test('asked about an account, the account is there at distance 0 and the things of its human are not', () => {
  const graph = draft({ ada: 'Human', a: 'Account', b: 'Account', r: 'Resource', k: 'Secret' }, [
    'ada HAS_ACCOUNT a',
    'ada HAS_ACCOUNT b',
    'ada KNOWS k',
    'a CAN_ACCESS r WRITE',
  ]);
  expect(lines(graph, 'a')).toEqual(['a 2 0', 'r 2 1 CAN_ACCESS>r']);
});
