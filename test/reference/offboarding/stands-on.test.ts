import { describe, expect, test } from '@jest/globals';
import { draft, ids } from '../draft.js';
import { decidedThings } from './decided.js';
import { departureOf } from './departure.js';
import { stoodOn } from './stands-on.js';

const graph = draft(
  {
    ...{ ada: 'Human', bob: 'Human', a: 'Account', shared: 'Account', dead: 'ServiceIdentity RETIRED' },
    ...{ g: 'Grant', t: 'Token REVOKED', st: 'Token', u: 'Token', k: 'Secret', copy: 'Secret' },
    ...{ byGrant: 'Job', byToken: 'Job', byCopy: 'App', runs: 'Job', depends: 'App', stored: 'App' },
    ...{ onShared: 'Job', onForeign: 'Job', optional: 'Job', first: 'App' },
  },
  [
    ...['ada HAS_ACCOUNT a', 'ada HAS_ACCOUNT shared', 'bob HAS_ACCOUNT shared'],
    ...['a GRANTED g', 'g ISSUED t', 'shared ISSUED st', 'dead ISSUED u', 'ada KNOWS u'],
    ...['t STORED_IN k', 'copy COPY_OF k'],
    ...['byGrant USES g optional', 'byToken USES t', 'byCopy USES copy', 'runs RUNS_AS a'],
    ...['depends DEPENDS_ON a', 'stored DEPENDS_ON k', 'onShared USES st', 'onShared RUNS_AS shared'],
    ...['onForeign USES u', 'optional USES u optional', 'first DEPENDS_ON runs', 'ada OWNS optional'],
  ],
);
const departure = departureOf(graph, 'ada', 'never');

describe('what stands on the person', () => {
  test.each([
    ['byGrant', ['g'], 'a grant, even one it does not require'],
    ['byToken', ['t'], 'a token, dead or alive'],
    ['byCopy', ['t'], 'a copy of where one is stored'],
    ['runs', ['a'], 'the account it runs as'],
    ['depends', ['a'], 'the account it depends on'],
    ['stored', ['t'], 'a secret it depends on'],
    ['onShared', [], 'what is shared is not the person’s'],
    ['onForeign', ['u'], 'a foreign token that nobody could issue again'],
    ['first', [], 'not through another workload'],
  ])('%s: %s, %s', (workload, expected) => {
    expect(ids(stoodOn(departure, workload))).toEqual(expected);
  });
});

test('what is decided, and by which rule', () => {
  // byToken, byCopy and stored are broken already; byGrant does not require what it stands on.
  expect(Object.fromEntries(decidedThings(departure))).toEqual({
    ...{ depends: 'FIRST', optional: 'FIRST', runs: 'FIRST' },
    onForeign: 'LAST',
  });
});

test('a service identity is decided when nobody answers for it any more, other things never', () => {
  const kinds = { s: 'ServiceIdentity', r: 'Resource', k: 'Secret', g: 'Group', j: 'Job RETIRED' };
  const owning = draft({ ada: 'Human', ...kinds }, [
    ...['ada OWNS s', 'ada OWNS r', 'ada OWNS k', 'ada OWNS g', 'ada OWNS j'],
  ]);
  expect([...decidedThings(departureOf(owning, 'ada', 'never'))]).toEqual([['s', 'FIRST']]);
});
