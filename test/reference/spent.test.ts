import { expect, test } from '@jest/globals';
import { draft, ids, NOW } from './draft.js';
import { largestSpent } from './spent.js';

const personal = ['Account', { managed: false }] as const;

test('a personal account is spent with what comes of it alone, until something of it opens more', () => {
  const graph = draft(
    { p: personal, pat: 'Token', gr: 'Grant', refresh: 'Token', child: 'Token', r: 'Resource RETIRED' },
    [
      ...[
        'p ISSUED pat',
        'pat CREDENTIAL_OF p',
        'p GRANTED gr',
        'gr ISSUED refresh',
        'refresh DELEGATED_TO child',
      ],
      'child CAN_ACCESS r',
    ],
  );
  expect(ids(largestSpent(graph))).toEqual(['child', 'gr', 'p', 'pat', 'refresh']);
  const opens = { ...graph, entities: new Map(graph.entities) };
  opens.entities.set('r', { id: 'r', kind: 'Resource', status: 'ACTIVE', source: 'src' });
  expect(ids(largestSpent(opens))).toEqual([]);
});

test('accounts that only open one another are spent together; a token of somebody else too is not theirs', () => {
  const graph = draft(
    {
      ...{ p: personal, q: personal, m: 'Account', joint: 'Token', other: personal, theirs: 'Token' },
      ...{ old: ['Token', { expiresAt: NOW }], z: personal, zt: 'Token' },
    },
    [
      ...['p CAN_ASSUME q', 'q CAN_ASSUME p', 'p ISSUED joint', 'q ISSUED joint', 'other ISSUED theirs'],
      ...['m ISSUED theirs', 'z ISSUED old', 'm ISSUED old', 'm ISSUED zt'],
    ],
  );
  expect(ids(largestSpent(graph))).toEqual(['joint', 'p', 'q', 'z']);
});
