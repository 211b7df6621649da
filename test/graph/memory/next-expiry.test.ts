import { describe, expect, test } from '@jest/globals';
import { MemoryIndex } from '../../../src/graph/memory/memory-index.js';
import { OverlayView } from '../../../src/offboarding/plan/overlay-view.js';
import { draft, NOW } from '../../reference/draft.js';
import { indexInSteps, indexOf } from '../../support/plain-index.js';

const graph = draft(
  {
    ada: 'Human',
    late: ['Token', { expiresAt: NOW + 20 }],
    soon: ['Token', { expiresAt: NOW + 10 }],
    revoked: ['Token REVOKED', { expiresAt: NOW + 5 }],
    forever: 'Token',
  },
  [],
);

describe('the next expiry', () => {
  test.each([
    ['loaded whole', indexOf],
    ['reached in steps', indexInSteps],
  ])('is that of the next live token, in a state %s', async (_how, make: typeof indexOf) => {
    const index: MemoryIndex = await make(graph);
    const view = index.at(NOW);
    const moments = [NOW, NOW + 9, NOW + 10, NOW + 19, NOW + 20];
    const next = [NOW + 10, NOW + 10, NOW + 20, NOW + 20, Number.POSITIVE_INFINITY];
    expect(moments.map((moment) => view.nextExpiryAfter(moment))).toEqual(next);
    // At the moment it names, and no earlier, something stops being live.
    const soon = view.numberOf('soon');
    expect([index.at(NOW + 9).isLive(soon), index.at(NOW + 10).isLive(soon)]).toEqual([true, false]);
    expect(new OverlayView(view, []).nextExpiryAfter(NOW)).toBe(NOW + 10);
  });
});
