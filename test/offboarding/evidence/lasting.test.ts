import { expect, test } from '@jest/globals';
import { lasting } from '../../../src/offboarding/evidence/lasting.js';

test.each([
  [0, '0 s'],
  [0.001, '0 s'],
  [59.6, '1 min'],
  [3_600, '1 h'],
  [36_061, '10 h 1 min'],
  [90_061, '1 d 1 h'],
  [86_400 + 5, '1 d'],
  [-399_600, '4 d 15 h before'],
])('%d seconds after a departure are %s', (seconds, words) => {
  expect(lasting(seconds)).toBe(words);
});
