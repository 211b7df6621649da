/** Counts what is in flight, such as requests that run, by key. */
export class InFlight {
  readonly #counts = new Map<string, number>();
  #total = 0;

  /** The count of all keys together. */
  get total(): number {
    return this.#total;
  }

  /** The count of one key. */
  of(key: string): number {
    return this.#counts.get(key) ?? 0;
  }

  /**
   * @param size how much it counts for
   * @returns a function that takes it off the count; a second call does nothing
   */
  add(key: string, size = 1): () => void {
    this.#change(key, size);
    let counted = true;
    return () => {
      if (counted) this.#change(key, -size);
      counted = false;
    };
  }

  #change(key: string, by: number): void {
    const count = this.of(key) + by;
    this.#total += by;
    if (count === 0) this.#counts.delete(key);
    else this.#counts.set(key, count);
  }
}
