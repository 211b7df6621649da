import { describe, expect, test } from '@jest/globals';
import { Onward } from '../../../src/api/live/onward.js';

/** A thing that moves on, and reads of it that end when they are told to. */
class Moving {
  now = 1;
  readonly ends: (() => void)[] = [];
  readonly read = async (): Promise<number> => {
    const seen = this.now;
    await new Promise<void>((resolve) => this.ends.push(resolve));
    return seen;
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('reads of what moves on', () => {
  test('are one for all who ask about the same revision, or an earlier one', async () => {
    const thing = new Moving();
    const reads = new Onward<number>(2);
    const asked = [7, 7, 6].map((revision) => reads.get('a', revision, thing.read));
    thing.ends[0]?.();
    expect(await Promise.all(asked)).toEqual([1, 1, 1]);
    expect(thing.ends.length).toBe(1);
  });

  test('for a later revision wait for the one before, so that nobody is given less than before', async () => {
    const thing = new Moving();
    const reads = new Onward<number>(2);
    const earlier = reads.get('a', 1, thing.read);
    const later = reads.get('a', 2, thing.read);
    await turn();
    expect(thing.ends.length).toBe(1);
    thing.now = 2;
    thing.ends[0]?.();
    await earlier;
    await turn();
    thing.ends[1]?.();
    expect([await earlier, await later]).toEqual([1, 2]);
    expect(await reads.get('a', 1, thing.read)).toBe(2);
  });

  test('that fail are made again, also by those who waited for them', async () => {
    const reads = new Onward<number>(2);
    const failing = reads.get('a', 1, () => Promise.reject(new Error('away')));
    const waiting = reads.get('a', 2, () => Promise.resolve(2));
    await expect(failing).rejects.toThrow('away');
    expect(await waiting).toBe(2);
    await expect(reads.get('b', 1, () => Promise.reject(new Error('away')))).rejects.toThrow('away');
    expect(await reads.get('b', 1, () => Promise.resolve(3))).toBe(3);
  });

  test('of as many things as are kept, those asked about last', async () => {
    const reads = new Onward<string>(2);
    const read = (key: string, text: string) => reads.get(key, 1, () => Promise.resolve(text));
    await read('a', 'old');
    await read('b', 'old');
    await read('a', 'new');
    await read('c', 'old');
    expect(await read('a', 'new')).toBe('old');
    expect(await read('b', 'new')).toBe('new');
  });
});
