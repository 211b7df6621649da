import { LRUCache } from 'lru-cache';
import type { Revision } from '../../model/revision.js';

/** The last read of one thing, and the revision that it was made for. */
interface Last<T> {
  readonly revision: Revision;
  readonly read: Promise<T>;
}

/**
 * Shared reads of things that change. There is one read of each thing at a time, and a new one for each later revision,
 * so that no caller gets an older state than an earlier answer had.
 */
export class Onward<T> {
  private readonly last: LRUCache<string, Last<T>>;

  /** @param size the number of things whose last read is kept */
  constructor(size: number) {
    this.last = new LRUCache({ max: size });
  }

  /** @returns the result of a read at `revision` or later */
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

/** A read that begins when the one before it has ended, with or without an error. */
function begun<T>(before: Last<T> | undefined, revision: Revision, read: () => Promise<T>): Last<T> {
  return { revision, read: before === undefined ? read() : before.read.then(read, read) };
}
