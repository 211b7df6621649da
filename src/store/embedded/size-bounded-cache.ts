/** The most numbers that the entries of a cache have together, the newest entry aside: 16 MB. */
const MAX_SIZE = 4_000_000;

/**
 * A cache of what was computed from revisions, which never change. The entries used last stay, as many as there is
 * room for. Two callers that ask for the same key at once wait for the same work.
 *
 * `lru-cache` does not fit here: the size of an entry is known only when its work is done, the newest entry stays
 * however large it is, and work under way is never dropped.
 */
export class SizeBoundedCache<T extends { readonly size: number }> {
  private readonly entries = new Map<string, Promise<T>>();
  /** The sizes of the finished entries, the one used last at the end. */
  private readonly sizes = new Map<string, number>();
  private totalSize = 0;

  /**
   * The entry of a key, computed where there is none.
   *
   * @param isValid whether the entry that the cache has still answers the question
   */
  async get(key: string, compute: () => Promise<T>, isValid: (entry: T) => boolean = () => true): Promise<T> {
    const known = await this.entries.get(key)?.catch(() => undefined);
    if (known !== undefined && isValid(known)) {
      this.touch(key);
      return known;
    }
    this.drop(key);
    const computing = compute();
    this.entries.set(key, computing);
    try {
      const entry = await computing;
      this.enter(key, computing, entry.size);
      return entry;
    } catch (error) {
      if (this.entries.get(key) === computing) this.drop(key);
      throw error;
    }
  }

  /** The entry of a key; undefined where it is not there, or did not succeed. */
  async peek(key: string): Promise<T | undefined> {
    return this.entries.get(key)?.catch(() => undefined);
  }

  /** Marks an entry as the one used last. */
  private touch(key: string): void {
    const size = this.sizes.get(key);
    if (size === undefined) return;
    this.sizes.delete(key);
    this.sizes.set(key, size);
  }

  /** Notes the size of a finished entry, and drops those used longest ago until the others fit. */
  private enter(key: string, entry: Promise<T>, size: number): void {
    if (this.entries.get(key) !== entry) return;
    this.sizes.set(key, size);
    this.totalSize += size;
    for (const other of [...this.sizes.keys()]) {
      if (this.totalSize <= MAX_SIZE) return;
      if (other !== key) this.drop(other);
    }
  }

  private drop(key: string): void {
    this.totalSize -= this.sizes.get(key) ?? 0;
    this.sizes.delete(key);
    this.entries.delete(key);
  }
}
