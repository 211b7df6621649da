import { setTimeout as sleep } from 'node:timers/promises';
import { TendrilError } from '../model/errors.js';
import type { Revision } from '../model/revision.js';

/** The longest time that a caller waits for a revision, in milliseconds. */
export const READ_WAIT = 5_000;
/** The time between two reads while it waits, in milliseconds. */
const READ_EVERY = 25;

/**
 * Reads again and again until the result has reached a revision.
 *
 * @param read gives the newest state or head that this instance can see
 * @throws STALE_READ when the revision is not reached within {@link READ_WAIT}
 */
export async function waitForRevision<T extends { readonly revision: Revision }>(
  read: () => Promise<T>,
  atLeast: Revision,
): Promise<T> {
  for (let waited = 0; ; waited += READ_EVERY) {
    const found = await read();
    if (found.revision >= atLeast) return found;
    if (waited >= READ_WAIT) break;
    await sleep(READ_EVERY);
  }
  throw new TendrilError(
    'STALE_READ',
    `Revision ${atLeast} has not reached this instance within ${READ_WAIT / 1000} s. Ask again in a moment.`,
  );
}
