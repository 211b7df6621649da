import { describe, expect, test } from '@jest/globals';
import { waitForRevision } from '../../src/graph/wait-for-revision.js';

/** Gives the next revision at each read, and the last one from then on. */
function reads(...revisions: readonly number[]) {
  let count = 0;
  return {
    read: async () => ({ revision: revisions[Math.min(count++, revisions.length - 1)]! }),
    count: () => count,
  };
}

describe('waiting for a revision', () => {
  test('reads once where the revision is there', async () => {
    const store = reads(7);
    expect(await waitForRevision(store.read, 7)).toEqual({ revision: 7 });
    expect(store.count()).toBe(1);
  });

  test('reads again until the revision is reached', async () => {
    const store = reads(5, 6, 8);
    expect(await waitForRevision(store.read, 7)).toEqual({ revision: 8 });
    expect(store.count()).toBe(3);
  });

  test('an error of a read ends the waiting', async () => {
    const read = () => Promise.reject(new Error('the store is down'));
    await expect(waitForRevision(read, 1)).rejects.toThrow('the store is down');
  });
});
