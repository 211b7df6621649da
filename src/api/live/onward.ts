import { LRUCache } from 'lru-cache';
import type { Revision } from '../../model/revision.js';

/** The last read of one thing, and the revision that it was made for. */
interface Last<T> {
  readonly revision: Revision;
  readonly read: Promise<T>;
}

/**
 * Reads of things that move on, shared by all who ask: of each thing one at a time, and a later one for each later
 * revision. So nobody is given an older state than before, whoever it was read for.
 */
export class Onward<T> {
  private readonly last: LRUCache<string, Last<T>>;

  /** @param size of how many things the last read is kept */
  constructor(size: number) {
    this.last = new LRUCache({ max: size });
  }

  /** @returns what `read` found at `revision` or later */
  get(key: string, revision: Revision, read: () => Promise<T>): Promise<T> {
    const known = this.last.get(key);
    const next = known !== undefined && known.revision >= revision ? known : begun(known, revision, read);
    this.last.set(key, next);
    next.read.catch(() => {
      if (this.last.peek(key) === next) this.last.delete(key);
    });
    return next.read;
  }
}

/** Begins when the read before has ended, however it did. */
function begun<T>(before: Last<T> | undefined, revision: Revision, read: () => Promise<T>): Last<T> {
  return { revision, read: before === undefined ? read() : before.read.then(read, read) };
}
