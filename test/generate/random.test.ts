import { describe, expect, test } from '@jest/globals';
import { Random, Seed, stream } from '../../src/generate/random.js';

const NAME = stream('test');

describe('random', () => {
  test('follows sfc32: a state of 1, 2 and 3 gives these numbers on every machine', () => {
    const random = new Random(1, 2, 3);
    // The reference: the recurrence of PractRand's sfc32 in BigInt, ten rounds thrown away.
    const expected = referenceSfc32(1n, 2n, 3n).slice(10, 18);
    expect(expected.map(() => random.next())).toEqual(expected);
  });

  test('a number and its decimal text are one seed, and another seed is another', () => {
    const draws = (seed: number | string) => [0, 1, 2].map((at) => new Seed(seed).draw(NAME, at));
    expect(draws(7)).toEqual(draws('7'));
    expect(draws(7)).not.toEqual(draws(8));
    expect(draws('north')).not.toEqual(draws('south'));
  });

  test('a fact at a position is the same whenever it is asked for', () => {
    const seed = new Seed('x');
    const first = seed.draw(NAME, 41);
    seed.draw(NAME, 42);
    expect(seed.draw(NAME, 41)).toBe(first);
    expect(seed.random(NAME, 3).next()).toBe(seed.random(NAME, 3).next());
  });

  test('below is spread evenly and never reaches its bound', () => {
    const random = new Seed(1).random(NAME, 0);
    const counts = new Array<number>(10).fill(0);
    for (let draw = 0; draw < 20_000; draw += 1) {
      const drawn = random.below(10);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(counts).toHaveLength(10);
    for (const count of counts) expect(Math.abs(count - 2000)).toBeLessThan(200);
  });

  test.each([1, 2, 3, 7, 8, 100])('ranks of %i things are all drawn, the first most often', (count) => {
    const random = new Seed(2).random(NAME, count);
    const counts = new Array<number>(count).fill(0);
    for (let draw = 0; draw < 30_000; draw += 1) {
      const drawn = random.rank(count);
      counts[drawn] = (counts[drawn] ?? 0) + 1;
    }
    expect(counts).toHaveLength(count);
    expect(Math.min(...counts)).toBeGreaterThan(0);
    if (count > 7) expect(counts[0]).toBe(Math.max(...counts));
  });

  test('ranks are different from each other', () => {
    const ranks = new Seed(3).random(NAME, 0).ranks(50, 6);
    expect(new Set(ranks).size).toBe(ranks.length);
    expect(ranks.length).toBeGreaterThan(2);
  });
});

function referenceSfc32(a0: bigint, b0: bigint, c0: bigint): number[] {
  const word = (value: bigint) => BigInt.asUintN(32, value);
  let [a, b, c, counter] = [a0, b0, c0, 1n];
  return Array.from({ length: 18 }, () => {
    const result = word(a + b + counter);
    counter = word(counter + 1n);
    a = b ^ (b >> 9n);
    b = word(c + (c << 3n));
    c = word(word((c << 21n) | (c >> 11n)) + result);
    return Number(result);
  });
}
