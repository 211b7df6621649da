import { LRUCache } from 'lru-cache';

/**
 * Reads that many subscribers ask for at once, made once: a thousand that hear of a commit look at the same things.
 * Keys must name all that the answer depends on, a revision among it.
 */
export class Shared<T> {
  private readonly kept: LRUCache<string, Promise<T>>;

  constructor(size = 8) {
    this.kept = new LRUCache({ max: size });
  }

  get(key: string, read: () => Promise<T>): Promise<T> {
    const known = this.kept.get(key);
    if (known !== undefined) return known;
    const made = read();
    this.kept.set(key, made);
    made.catch(() => this.kept.delete(key));
    return made;
  }
}
