import { LRUCache } from 'lru-cache';

/**
 * Reads that many subscribers need at the same time, made once: after a commit, all subscribers read the same rows.
 * A key must name everything that the result depends on, including a revision.
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
