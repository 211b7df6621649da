import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { generateCompany } from '../../src/generate/generate.js';
import { digest } from './support.js';

describe('generateCompany', () => {
  test('gives the same bytes for the same seed', () => {
    expect(digest({ humans: 400, seed: 'a' })).toBe(digest({ humans: 400, seed: 'a' }));
  });

  test('gives these bytes on every machine (a change of the generator changes the hash, and says so)', () => {
    expect(digest({ humans: 60, seed: 1 })).toBe(
      'f4031efdda2f60ec3501ee5fb5838dab49bf4be73051e2233ad8d5ea767df056',
    );
  });

  test('gives other bytes for another seed, size or time', () => {
    const digests = [
      digest({ humans: 100, seed: 1 }),
      digest({ humans: 100, seed: 2 }),
      digest({ humans: 101, seed: 1 }),
      digest({ humans: 100, seed: 1, syncedAt: '2026-06-01T00:00:00.000Z' }),
    ];
    expect(new Set(digests).size).toBe(4);
  });

  test('sources read side by side say the same as one after the other', () => {
    const options = { humans: 120, seed: 5 };
    const apart = generateCompany(options).map(({ lines }) => JSON.stringify([...lines]));
    const readers = generateCompany(options).map(({ lines }) => lines[Symbol.iterator]());
    const together = readers.map((): unknown[] => []);
    const open = new Set(readers.keys());
    while (open.size > 0) {
      for (const index of open) {
        const step = readers[index]?.next();
        if (step === undefined || step.done) open.delete(index);
        else together[index]?.push(step.value);
      }
    }
    expect(together.map((lines) => JSON.stringify(lines))).toEqual(apart);
  });

  test('the lines of a source can be read twice', () => {
    const [source] = generateCompany({ humans: 30, seed: 5 });
    expect([...(source?.lines ?? [])]).toEqual([...(source?.lines ?? [])]);
    expect([...(source?.lines ?? [])].length).toBeGreaterThan(30);
  });

  test.each([0, -1, 1.5, Number.NaN, 10_000_001])('%p humans are refused', (humans) => {
    expect(() => generateCompany({ humans, seed: 1 })).toThrow(RangeError);
  });

  test('a time that is none is refused', () => {
    expect(() => generateCompany({ humans: 5, seed: 1, syncedAt: '2026-02-30' })).toThrow(RangeError);
  });

  test('memory stays flat while 50,000 humans stream by', () => {
    setFlagsFromString('--expose-gc');
    const collectGarbage = runInNewContext('gc') as () => void;
    collectGarbage();
    const before = process.memoryUsage().heapUsed;
    let lines = 0;
    let most = 0;
    for (const source of generateCompany({ humans: 50_000, seed: 1 })) {
      for (const _line of source.lines) {
        lines += 1;
        if (lines % 250_000 !== 0) continue;
        collectGarbage();
        most = Math.max(most, process.memoryUsage().heapUsed - before);
      }
    }
    expect(lines).toBeGreaterThan(1_500_000);
    // All lines held would be over 500 megabytes.
    expect(most).toBeLessThan(8 * 1024 * 1024);
  }, 60_000);
});
