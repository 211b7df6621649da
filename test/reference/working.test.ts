import { expect, test } from '@jest/globals';
import { draft, NOW } from './draft.js';
import { stopsAt } from './working.js';

test('a workload stops by expiry when the last of what will do has expired, not the first', () => {
  const graph = draft(
    {
      ...{ one: ['Token', { expiresAt: NOW + 5 }], two: ['Token', { expiresAt: NOW + 9 }], k: 'Secret' },
      ...{ any: 'Job', first: 'Job', optional: 'Job', dead: 'Job SUSPENDED', after: 'Job' },
    },
    [
      ...['one STORED_IN k', 'two STORED_IN k', 'any USES k', 'first USES one', 'first USES two'],
      ...['optional USES one optional', 'dead USES one', 'after DEPENDS_ON any'],
    ],
  );
  expect(Object.fromEntries(stopsAt(graph))).toEqual({ first: NOW + 5, any: NOW + 9, after: NOW + 9 });
});
