import { describe, expect, test } from '@jest/globals';
import { conflicts, workloadsAtRisk } from './conflicts.js';
import { continuity } from './continuity.js';
import { draft, ids, NOW } from './draft.js';
import { holdings } from './holdings.js';
import type { PlainGraph } from './plain-graph.js';

function breaks(graph: PlainGraph, start = 'ada'): string[] {
  return ids(continuity(graph, start).workloads);
}

describe('holdings', () => {
  const graph = draft(
    { ada: 'Human LEFT', bob: 'Human', cy: 'Human LEFT', a: 'Account DISABLED', s: 'Account', x: 'Account' },
    ['ada HAS_ACCOUNT a', 'ada HAS_ACCOUNT s', 'bob HAS_ACCOUNT s', 'ada HAS_ACCOUNT x', 'cy HAS_ACCOUNT x'],
  );
  const things = draft(
    {
      gr: 'Grant REVOKED',
      t: 'Token',
      u: 'Token REVOKED',
      v: 'Token',
      w: 'Token',
      own: 'Token',
      ended: 'Token',
    },
    [
      'a GRANTED gr',
      'gr ISSUED t',
      'a ISSUED u',
      'u DELEGATED_TO v',
      's ISSUED w',
      'ada OWNS own',
      'a ISSUED ended ended',
    ],
  );
  const both: PlainGraph = {
    now: NOW,
    entities: new Map([...graph.entities, ...things.entities]),
    relationships: [...graph.relationships, ...things.relationships],
  };

  test('unshared accounts, their grants, tokens and descendants, whatever their status', () => {
    expect(ids(holdings(both, 'ada'))).toEqual(['a', 'gr', 't', 'u', 'v', 'x']);
    // ada left, and so bob shares the account with nobody who is live.
    expect(ids(holdings(both, 'bob'))).toEqual(['s', 'w']);
    expect(ids(holdings(both, 'cy'))).toEqual(['x']);
  });

  test('an account asked about is shared only when two live people have it', () => {
    expect(ids(holdings(both, 'a'))).toEqual(['a', 'gr', 't', 'u', 'v']);
    expect(ids(holdings(both, 's'))).toEqual(['s', 'w']);
    const two = draft({ ada: 'Human', bob: 'Human LEAVING', s: 'Account', t: 'Token' }, [
      'ada HAS_ACCOUNT s',
      'bob HAS_ACCOUNT s',
      's ISSUED t',
    ]);
    expect(ids(holdings(two, 's'))).toEqual([]);
  });
});

describe('continuity', () => {
  test('a job on a token, on a secret, as an account and on a dependency', () => {
    const graph = draft(
      {
        ...{ ada: 'Human', a: 'Account', t: 'Token', k: 'Secret', copy: 'Secret', app: 'App', far: 'App' },
        ...{ j1: 'Job', j2: 'Job', j3: 'Job', j4: 'Job', j5: 'Job', j6: 'Job SUSPENDED', j7: 'Job' },
      },
      [
        ...['ada HAS_ACCOUNT a', 'a ISSUED t', 't STORED_IN k', 'copy COPY_OF k'],
        ...[
          'j1 USES t',
          'j2 USES copy',
          'j3 RUNS_AS a',
          'j4 DEPENDS_ON a',
          'j5 USES t optional',
          'j6 USES t',
        ],
        ...['app DEPENDS_ON copy', 'far DEPENDS_ON app', 'j7 USES t ended', 'ada OWNS j7', 'ada KNOWS k'],
      ],
    );
    expect(breaks(graph)).toEqual(['app', 'far', 'j1', 'j2', 'j3', 'j4']);
    expect(ids(continuity(graph, 'ada').newlyStopped)).toEqual(['a', 'copy', 'k', 't']);
  });

  test('a secret stands while one stored token does, and one that stores nothing always', () => {
    const graph = draft(
      { ada: 'Human', a: 'Account', t: 'Token', u: 'Token', k: 'Secret', e: 'Secret', j: 'Job', i: 'Job' },
      [
        'ada HAS_ACCOUNT a',
        'a ISSUED t',
        't STORED_IN k',
        'u STORED_IN k',
        'j USES k',
        'i USES e',
        'i USES t',
      ],
    );
    // Were the empty secret stopped, i would be broken now, and t could not break it.
    expect(breaks(graph)).toEqual(['i']);
  });

  test('what is broken already does not count, and a disabled account goes on with its token', () => {
    const graph = draft(
      {
        ada: 'Human LEFT',
        a: 'Account DISABLED',
        t: 'Token',
        u: ['Token', { expiresAt: NOW }],
        j: 'Job',
        i: 'Job',
        d: 'Job',
      },
      ['ada HAS_ACCOUNT a', 'a ISSUED t', 'a ISSUED u', 'j USES t', 'i USES u', 'i USES t', 'd RUNS_AS a'],
    );
    expect(breaks(graph)).toEqual(['j']);
    expect(ids(continuity(graph, 'ada').newlyStopped)).toEqual(['t']);
  });

  test('a job stops when all that trigger it do, and a ring alone does not stop itself', () => {
    const graph = draft(
      {
        ada: 'Human',
        a: 'Account',
        j: 'Job',
        all: 'Job',
        some: 'Job',
        other: 'Job',
        dead: 'Job RETIRED',
        r1: 'Job',
        r2: 'Job',
      },
      [
        ...['ada HAS_ACCOUNT a', 'j RUNS_AS a', 'j TRIGGERS all', 'dead TRIGGERS all'],
        ...['j TRIGGERS some', 'other TRIGGERS some', 'r1 TRIGGERS r2', 'r2 TRIGGERS r1'],
      ],
    );
    expect(breaks(graph)).toEqual(['all', 'j']);
  });

  test('broken workloads stop none of their credentials', () => {
    const graph = draft({ ada: 'Human', a: 'Account', app: 'App', t: 'Token', j: 'Job' }, [
      'ada HAS_ACCOUNT a',
      'app DEPENDS_ON a',
      'app ISSUED t',
      'j USES t',
    ]);
    expect(breaks(graph)).toEqual(['app']);
  });
});

describe('conflicts', () => {
  const graph = draft(
    {
      ...{ ada: 'Human', a: 'Account', s: 'ServiceIdentity', mine: 'Token', theirs: 'Token', kept: 'Token' },
      ...{ k: 'Secret', q: 'Secret', j: 'Job', i: 'Job', d: 'App', f: 'Job' },
    },
    [
      ...[
        'ada HAS_ACCOUNT a',
        'a ISSUED mine',
        's ISSUED theirs',
        's ISSUED kept',
        'ada KNOWS theirs',
        'ada KNOWS q',
      ],
      ...[
        'kept STORED_IN q',
        'mine STORED_IN k',
        'j USES mine',
        'j USES theirs',
        'i USES k',
        'd DEPENDS_ON q',
      ],
      ...['f DEPENDS_ON d', 'i RUNS_AS a', 'i DEPENDS_ON a', 'f USES theirs optional'],
    ],
  );

  test('what is stopped, by whose it is, with the workloads that lean on it', () => {
    expect(conflicts(graph, 'ada', 'never')).toEqual([
      { id: 'a', resolution: 'REHOME', workloads: ['i'] },
      { id: 'k', resolution: 'REHOME', workloads: ['i'] },
      { id: 'mine', resolution: 'REHOME', workloads: ['j'] },
      { id: 'q', resolution: 'REISSUE', workloads: ['d'] },
      { id: 'theirs', resolution: 'REISSUE', workloads: ['j'] },
    ]);
  });

  test('the workloads at risk hold those of continuity and more', () => {
    expect(ids(workloadsAtRisk(graph, 'ada', 'never'))).toEqual(['d', 'f', 'i', 'j']);
    expect(breaks(graph)).toEqual(['i', 'j']);
  });

  test('somebody who knows nothing conflicts with nothing', () => {
    expect(conflicts(draft({ ada: 'Human', j: 'Job' }, ['ada OWNS j']), 'ada', 'always')).toEqual([]);
  });
});
