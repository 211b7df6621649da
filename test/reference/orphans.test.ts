import { describe, expect, test } from '@jest/globals';
import { draft, ids } from './draft.js';
import { orphans, unowned } from './orphans.js';

describe('orphans', () => {
  test('every kind that needs an owner, when the last who answers goes; with or without access', () => {
    const graph = draft(
      {
        ...{ ada: 'Human LEFT', bob: 'Human', cy: 'Human LEFT', a: 'Account DISABLED', b: 'Account' },
        ...{ app: 'App', j: 'Job', s: 'ServiceIdentity', k: 'Secret', r: 'Resource', g: 'Group' },
        ...{ t: 'Token', dead: 'Job RETIRED', two: 'Job', cys: 'Job', none: 'Job', old: 'Job', byB: 'Job' },
      },
      [
        ...[
          'ada HAS_ACCOUNT a',
          'bob HAS_ACCOUNT b',
          'ada OWNS app',
          'ada OWNS j blind',
          'a OWNS s',
          'ada OWNS k',
        ],
        ...['a OWNS r', 'ada OWNS g', 'ada OWNS t', 'ada OWNS dead', 'ada OWNS two', 'bob OWNS two'],
        ...['cy OWNS cys', 'ada OWNS old ended', 'b OWNS byB', 'ada OWNS byB'],
      ],
    );
    expect(ids(orphans(graph, 'ada'))).toEqual(['app', 'g', 'j', 'k', 'r', 's']);
    expect(ids(orphans(graph, 'cy'))).toEqual(['cys']);
    expect(ids(orphans(graph, 'bob'))).toEqual(['byB', 'two']);
    expect(ids(unowned(graph))).toEqual(['app', 'cys', 'g', 'j', 'k', 'none', 'old', 'r', 's']);
  });

  test('a group of one, a group in it, and a group with somebody else', () => {
    const graph = draft(
      {
        ...{ ada: 'Human', bob: 'Human', a: 'Account', b: 'Account', d: 'Account DISABLED', j: 'Job' },
        ...{ one: 'Group', outer: 'Group', both: 'Group', retired: 'Group RETIRED', i: 'Job', h: 'Job' },
        ...{ l: 'Job' },
      },
      [
        ...[
          'ada HAS_ACCOUNT a',
          'bob HAS_ACCOUNT b',
          'bob HAS_ACCOUNT d',
          'a MEMBER_OF one',
          'd MEMBER_OF one',
        ],
        ...['one MEMBER_OF outer', 'outer OWNS j', 'one OWNS i', 'a MEMBER_OF both', 'b MEMBER_OF both'],
        ...['both OWNS h', 'b MEMBER_OF retired', 'ada OWNS l', 'retired OWNS l', 'outer MEMBER_OF one'],
      ],
    );
    // bob's own account in the group of one is disabled, and so answers for nothing while ada leaves.
    expect(ids(orphans(graph, 'ada'))).toEqual(['i', 'j', 'l']);
    expect(ids(orphans(graph, 'bob'))).toEqual([]);
  });

  test('a circle of service identities answers for nothing by itself', () => {
    const graph = draft(
      {
        ada: 'Human',
        s: 'ServiceIdentity',
        t: 'ServiceIdentity',
        g: 'Group',
        j: 'Job',
        i: 'Job',
        u: 'ServiceIdentity',
      },
      ['s OWNS t', 't OWNS s', 'ada OWNS s', 't MEMBER_OF g', 'g OWNS j', 'u OWNS u', 'u OWNS i'],
    );
    expect(ids(orphans(graph, 'ada'))).toEqual(['j', 's', 't']);
    expect(ids(unowned(graph))).toEqual(['g', 'i', 'u']);
  });

  test('a shared account answers through the one who stays, if it is live as it is', () => {
    const graph = (status: string) =>
      draft({ ada: 'Human', bob: 'Human', s: `Account ${status}`, j: 'Job' }, [
        'ada HAS_ACCOUNT s',
        'bob HAS_ACCOUNT s',
        's OWNS j',
      ]);
    expect(ids(orphans(graph('ACTIVE'), 'ada'))).toEqual([]);
    expect(ids(orphans(graph('DISABLED'), 'ada'))).toEqual(['j']);
  });

  test('asked about an account, its human stays with all else', () => {
    const graph = draft({ ada: 'Human', a: 'Account', b: 'Account', j: 'Job', i: 'Job', h: 'Job' }, [
      'ada HAS_ACCOUNT a',
      'ada HAS_ACCOUNT b',
      'a OWNS j',
      'ada OWNS i',
      'a OWNS h',
      'b OWNS h',
    ]);
    expect(ids(orphans(graph, 'a'))).toEqual(['j']);
    expect(ids(orphans(graph, 'ada'))).toEqual(['h', 'i', 'j']);
  });
});
