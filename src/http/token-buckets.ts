const MINUTE = 60_000;
/** How many are known at once. The one that was heard of longest ago is forgotten, so that nobody fills the memory. */
const MOST_KNOWN = 10_000;

/**
 * How often each of many may do something: so many times a minute, and after a pause so many at once (a token
 * bucket).
 */
export class TokenBuckets {
  readonly #left = new Map<string, { left: number; at: number }>();

  /** @param now milliseconds of a clock that nobody sets */
  constructor(
    private readonly perMinute: number,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** Counts one time. Seconds until it is allowed; 0: it is. */
  take(who: string): number {
    const wait = this.wait(who);
    const { left, at } = this.#leftOf(who);
    this.#left.delete(who);
    this.#left.set(who, { left: wait === 0 ? left - 1 : left, at });
    const [oldest] = this.#left.keys();
    if (this.#left.size > MOST_KNOWN && oldest !== undefined) this.#left.delete(oldest);
    return wait;
  }

  /** Whole seconds until one more time is allowed, without counting one; 0: it is now. */
  wait(who: string): number {
    const { left } = this.#leftOf(who);
    return left >= 1 ? 0 : Math.max(1, Math.ceil(((1 - left) * MINUTE) / this.perMinute / 1000));
  }

  #leftOf(who: string): { left: number; at: number } {
    const at = this.now();
    const known = this.#left.get(who);
    if (known === undefined) return { left: this.perMinute, at };
    const left = known.left + ((at - known.at) * this.perMinute) / MINUTE;
    return { left: Math.min(this.perMinute, left), at };
  }
}
