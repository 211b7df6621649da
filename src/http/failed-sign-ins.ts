import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { hasExpired, type Viewer } from '../api/access.js';
import { type Limits, overRate } from '../api/limits.js';
import { TokenBuckets } from './token-buckets.js';

/** For how long a sign-in that was good is remembered, in milliseconds, and how many are. */
const REMEMBERED = 60_000;
const MOST_REMEMBERED = 1000;

/**
 * How often an address may fail to sign in. An address may stand for many people, behind one proxy: those whose
 * token was good a moment ago go on while somebody beside them fails.
 */
export class FailedSignIns {
  readonly #failed: TokenBuckets;
  readonly #good = new Map<string, { readonly viewer: Viewer; readonly until: number }>();

  constructor(private readonly limits: Limits) {
    this.#failed = new TokenBuckets(limits.failedSignInsPerMinute);
  }

  /**
   * Signs in with a token, unless the address has failed too often.
   *
   * @throws RATE_LIMITED, and whatever `check` throws
   */
  async signIn(token: string, address: string, check: () => Promise<Viewer>): Promise<Viewer> {
    const from = placeOf(address);
    const key = createHash('sha256').update(token).digest('base64');
    const wait = this.#failed.wait(from);
    if (wait > 0) {
      const known = this.#good.get(key);
      if (known === undefined || known.until < performance.now() || hasExpired(known.viewer)) {
        throw overRate('failedSignInsPerMinute', this.limits, wait);
      }
      return known.viewer;
    }
    try {
      const viewer = await check();
      this.#remember(key, viewer);
      return viewer;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'UNAUTHENTICATED') this.#failed.take(from);
      throw error;
    }
  }

  #remember(key: string, viewer: Viewer): void {
    this.#good.delete(key);
    this.#good.set(key, { viewer, until: performance.now() + REMEMBERED });
    const [oldest] = this.#good.keys();
    if (this.#good.size > MOST_REMEMBERED && oldest !== undefined) this.#good.delete(oldest);
  }
}

/** Whoever has one IPv6 address has a network of them (RFC 6177): its first 64 bits are the place. */
function placeOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = ''] = address.split('::');
  const groups = head.split(':');
  return groups.slice(0, 4).join(':');
}
