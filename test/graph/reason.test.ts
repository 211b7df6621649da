import { describe, expect, test } from '@jest/globals';
import { inWalkingOrder, type ReasonStep } from '../../src/graph/reason.js';

const step = (from: string, to: string, type: ReasonStep['type'] = 'OWNS'): ReasonStep => ({
  type,
  from,
  to,
});
const places = (reason: readonly ReasonStep[], start?: string) =>
  inWalkingOrder(reason, start).map(({ from, to, against }) => `${from} ${against ? '←' : '→'} ${to}`);

describe('the walking order of a reason', () => {
  test('each step begins where the one before ended, whichever way its arrow points', () => {
    expect(places([step('ann', 'token'), step('token', 'secret'), step('job', 'secret')])).toEqual([
      'ann → token',
      'token → secret',
      'secret ← job',
    ]);
  });

  test('the second step says from which end the first was walked', () => {
    expect(places([step('copy', 'original'), step('copy', 'other')])).toEqual([
      'original ← copy',
      'copy → other',
    ]);
  });

  test('a start that is known decides, where the first step touches it', () => {
    expect(places([step('copy', 'original')], 'original')).toEqual(['original ← copy']);
    expect(places([step('copy', 'original')], 'elsewhere')).toEqual(['copy → original']);
  });

  test('of two steps between the same two entities the first goes with its arrow', () => {
    expect(places([step('a', 'b'), step('a', 'b', 'CREATED')])).toEqual(['a → b', 'b ← a']);
  });

  test('no steps, no order', () => expect(places([], 'ann')).toEqual([]));
});
