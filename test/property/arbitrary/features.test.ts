import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { companyArbitrary } from './company.js';
import { FEATURES, sampleOf } from './features.js';

const samples = fc.sample(companyArbitrary(), { numRuns: 300, seed: 20261102 }).map(sampleOf);

test.each(FEATURES)('%s: in at least %d of the companies', (_name, leastShare, has) => {
  const share = samples.filter(has).length / samples.length;
  expect(share).toBeGreaterThanOrEqual(leastShare);
});
