import { expect, test } from '@jest/globals';
import { generateCompany } from '../../src/generate/generate.js';
import { sizeFor } from '../../src/generate/size.js';

function relationshipsOf(humans: number, seed: number): number {
  let count = 0;
  for (const { lines } of generateCompany({ humans, seed })) {
    for (const line of lines) if ('relationship' in line) count += 1;
  }
  return count;
}

test.each([
  [10_000, 1],
  [10_000, 2],
  [10_000, 3],
  [100_000, 1],
  [100_000, 2],
  [1_000_000, 1],
])(
  'sizeFor(%i) keeps its promise within 15% (seed %i)',
  (wanted, seed) => {
    expect(Math.abs(relationshipsOf(sizeFor(wanted), seed) / wanted - 1)).toBeLessThan(0.15);
  },
  60_000,
);

test('a company has at least one human', () => {
  expect(sizeFor(0)).toBe(1);
});
