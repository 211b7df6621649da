import { expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { edgesOnCycles } from '../../../src/import/rules/cyclic.js';

const edges = fc.array(fc.tuple(fc.nat({ max: 7 }), fc.nat({ max: 7 })), { maxLength: 14 });

test('finds the edges from whose end their beginning can be reached', () => {
  fc.assert(
    fc.property(edges, (pairs) => {
      const reaches = (start: number, goal: number): boolean => {
        const met = new Set([start]);
        for (const node of met) for (const [from, to] of pairs) if (from === node) met.add(to);
        return met.has(goal);
      };
      const expected = pairs.flatMap(([from, to], at) => (reaches(to, from) ? [at] : []));
      const found = edgesOnCycles(
        pairs.map(([from]) => from),
        pairs.map(([, to]) => to),
      );
      expect(found).toEqual(expected);
    }),
    { numRuns: 500 },
  );
});

test('takes a chain of a hundred thousand, and the cycle that its last edge makes of it', () => {
  const from = Array.from({ length: 100_000 }, (_, at) => at + 1);
  const to = from.map((at) => at + 1);
  expect(edgesOnCycles(from, to)).toEqual([]);
  expect(edgesOnCycles([...from, 100_001], [...to, 1])).toHaveLength(100_001);
});
