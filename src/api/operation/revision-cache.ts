import { LRUCache } from 'lru-cache';
import type { Revision } from '../../model/revision.js';

/** Keeps results computed from the states that were used last, by revision. A result must not depend on the time. */
export class RevisionCache<T extends object> {
  readonly #kept: LRUCache<Revision, T>;

  constructor(size = 4) {
    this.#kept = new LRUCache({ max: size });
  }

  /** The result that is kept for a revision; where there is none, the result of `compute`, which is kept then. */
  get(revision: Revision, compute: () => T): T {
    const kept = this.#kept.get(revision);
    if (kept !== undefined) return kept;
    const computed = compute();
    this.#kept.set(revision, computed);
    return computed;
  }
}
