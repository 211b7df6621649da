/** Keeps what was computed of the last few states, by revision. What it keeps must not depend on the time. */
export class RevisionCache<T> {
  readonly #kept = new Map<number, T>();

  constructor(private readonly size = 4) {}

  get(revision: number, compute: () => T): T {
    const kept = this.#kept.get(revision);
    if (kept !== undefined) return kept;
    const made = compute();
    this.#kept.set(revision, made);
    const [oldest] = this.#kept.keys();
    if (this.#kept.size > this.size && oldest !== undefined) this.#kept.delete(oldest);
    return made;
  }
}
