import { LRUCache } from 'lru-cache';

const MINUTE = 60_000;
/** How many buckets are kept. The one that was used longest ago is dropped, so that the memory has a limit. */
const MOST_KEPT = 10_000;

/** A token bucket for each subject: it may do something so many times a minute, and after a pause so many at once. */
export class TokenBuckets {
  readonly #buckets = new LRUCache<string, { left: number; at: number }>({ max: MOST_KEPT });

  /** @param now milliseconds of a monotonic clock */
  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Takes one token. @returns seconds until there is one, and then none was taken; 0: it was taken */
  take(subject: string): number {
    const wait = this.wait(subject);
    const { left, at } = this.#bucketOf(subject);
    this.#buckets.set(subject, { left: wait === 0 ? left - 1 : left, at });
    return wait;
  }

  /** Whole seconds until there is a token; 0: there is one now. It takes none. */
  wait(subject: string): number {
    const { left } = this.#bucketOf(subject);
    return left >= 1 ? 0 : Math.max(1, Math.ceil(((1 - left) * MINUTE) / this.perMinute / 1000));
  }

  #bucketOf(subject: string): { left: number; at: number } {
    const at = this.now();
    const known = this.#buckets.get(subject);
    if (known === undefined) return { left: this.perMinute, at };
    const left = known.left + ((at - known.at) * this.perMinute) / MINUTE;
    return { left: Math.min(this.perMinute, left), at };
  }
}
