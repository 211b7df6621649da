import { LRUCache } from 'lru-cache';
import type { Revision } from '../../model/revision.js';

/** Keeps what was computed of the states used last, by revision. What it keeps must not depend on the time. */
export class RevisionCache<T extends object> {
  readonly #kept: LRUCache<Revision, T>;

  constructor(size = 4) {
    this.#kept = new LRUCache({ max: size });
  }

  /** What is kept of a revision, else what `compute` gives, which is kept then. */
  get(revision: Revision, compute: () => T): T {
    const kept = this.#kept.get(revision);
    if (kept !== undefined) return kept;
    const computed = compute();
    this.#kept.set(revision, computed);
    return computed;
  }
}
