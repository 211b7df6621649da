import { describe, expect, test } from '@jest/globals';
import { accessPaths } from './access-paths.js';
import { draft } from './draft.js';
import { lingering, whoCanReach } from './people.js';
import type { PlainGraph } from './plain-graph.js';

function lines(graph: PlainGraph, from: string, to: string, limit = 9): string[] {
  return accessPaths(graph, from, to, limit).map((path) =>
    path.map(({ type, to }) => `${type}>${to}`).join(' '),
  );
}

describe('access paths', () => {
  const graph = draft(
    { ada: 'Human LEFT', a: 'Account', b: 'Account', g: 'Group', f: 'Group', r: 'Resource' },
    [
      ...[
        'ada HAS_ACCOUNT b',
        'ada HAS_ACCOUNT a',
        'a CAN_ACCESS r READ',
        'a CAN_ACCESS r WRITE',
        'b CAN_ACCESS r',
      ],
      ...[
        'a MEMBER_OF g',
        'g CAN_ACCESS r',
        'g MEMBER_OF f',
        'f MEMBER_OF g',
        'f CAN_ACCESS r',
        'ada OWNS r',
      ],
    ],
  );

  test('shortest first, then smallest; none visits an entity twice; each sequence once', () => {
    expect(lines(graph, 'ada', 'r')).toEqual([
      'OWNS>r',
      'HAS_ACCOUNT>a CAN_ACCESS>r',
      'HAS_ACCOUNT>b CAN_ACCESS>r',
      'HAS_ACCOUNT>a MEMBER_OF>g CAN_ACCESS>r',
      'HAS_ACCOUNT>a MEMBER_OF>g MEMBER_OF>f CAN_ACCESS>r',
    ]);
    expect(lines(graph, 'ada', 'r', 2)).toEqual(['OWNS>r', 'HAS_ACCOUNT>a CAN_ACCESS>r']);
    expect(lines(graph, 'g', 'r')).toEqual(['CAN_ACCESS>r', 'MEMBER_OF>f CAN_ACCESS>r']);
    expect(lines(graph, 'r', 'ada')).toEqual([]);
    expect(lines(graph, 'a', 'a')).toEqual([]);
  });

  test('a sequence goes on with the highest level that it can have', () => {
    const repository = draft({ a: 'Account', r: 'Resource', k: 'Secret' }, [
      'a CAN_ACCESS r READ',
      'a CAN_ACCESS r WRITE',
      'r HAS_SECRET k',
    ]);
    expect(lines(repository, 'a', 'k')).toEqual(['CAN_ACCESS>r HAS_SECRET>k']);
  });

  test('the start counts as live and held, what comes after it does not', () => {
    const dead = draft({ ada: 'Human', a: 'Account DISABLED', t: 'Token', r: 'Resource', k: 'Secret' }, [
      'ada HAS_ACCOUNT a',
      'a ISSUED t',
      'a CAN_ACCESS r',
      'k CREDENTIAL_OF a',
    ]);
    expect(lines(dead, 'a', 'r')).toEqual(['CAN_ACCESS>r']);
    expect(lines(dead, 'ada', 'r')).toEqual([]);
    expect(lines(dead, 'ada', 't')).toEqual(['HAS_ACCOUNT>a ISSUED>t']);
    expect(lines(dead, 'k', 't')).toEqual([]);
  });
});

test('who can reach it, those who left too, and who of them lingers', () => {
  const graph = draft(
    {
      ada: 'Human LEFT',
      bob: 'Human',
      cy: 'Human LEFT',
      m: ['Account', { managed: false }],
      a: 'Account',
      r: 'Resource',
    },
    ['ada OWNS r', 'bob HAS_ACCOUNT a', 'a CAN_ACCESS r', 'cy HAS_ACCOUNT m'],
  );
  expect(Object.fromEntries(whoCanReach(graph, 'r'))).toEqual({
    ada: { level: 3, distance: 1 },
    bob: { level: 1, distance: 2 },
  });
  expect(whoCanReach(graph, 'm').size).toBe(0);
  expect([...lingering(graph)]).toEqual(['ada']);
});
