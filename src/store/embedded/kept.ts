/** How many numbers everything that one {@link Kept} keeps has at most, the newest aside: 16 MB. */
const ROOM = 4_000_000;

/**
 * What was worked out of revisions, which never change: the latest used, as much as there is room for. Two that
 * ask for one thing at once wait for the same work.
 *
 * `lru-cache` does not fit here: the size of an entry is known only when its work is done, the newest entry stays
 * however large it is, and work under way is never dropped.
 */
export class Kept<T extends { readonly size: number }> {
  private readonly found = new Map<string, Promise<T>>();
  /** Of those that are done, in the order in which they were last used. */
  private readonly sizes = new Map<string, number>();
  private taken = 0;

  /** @param fits whether what was kept under this key still answers. */
  async get(key: string, make: () => Promise<T>, fits: (kept: T) => boolean = () => true): Promise<T> {
    const kept = await this.found.get(key)?.catch(() => undefined);
    if (kept !== undefined && fits(kept)) {
      this.touch(key);
      return kept;
    }
    this.drop(key);
    const making = make();
    this.found.set(key, making);
    try {
      const made = await making;
      this.enter(key, making, made.size);
      return made;
    } catch (error) {
      if (this.found.get(key) === making) this.drop(key);
      throw error;
    }
  }

  /** Puts it behind all others that may have to go. */
  private touch(key: string): void {
    const size = this.sizes.get(key);
    if (size === undefined) return;
    this.sizes.delete(key);
    this.sizes.set(key, size);
  }

  private enter(key: string, made: Promise<T>, size: number): void {
    if (this.found.get(key) !== made) return;
    this.sizes.set(key, size);
    this.taken += size;
    for (const other of [...this.sizes.keys()]) {
      if (this.taken <= ROOM) return;
      if (other !== key) this.drop(other);
    }
  }

  private drop(key: string): void {
    this.taken -= this.sizes.get(key) ?? 0;
    this.sizes.delete(key);
    this.found.delete(key);
  }
}
