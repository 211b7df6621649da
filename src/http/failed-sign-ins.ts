import { createHash } from 'node:crypto';
import { isIPv6 } from 'node:net';
import { LRUCache } from 'lru-cache';
import { hasExpired, type Viewer } from '../api/access/access.js';
import { type Limits, overRate } from '../api/limits/limits.js';
import { TokenBuckets } from './token-buckets.js';

/** For how long a successful sign-in is remembered, in milliseconds, and how many are. */
const REMEMBERED = 60_000;
const MOST_REMEMBERED = 1000;

/**
 * Limits how often an address may fail to sign in. Many people may share an address, behind one proxy: those whose
 * token was good a moment ago can go on while another one fails.
 */
export class FailedSignIns {
  readonly #failed: TokenBuckets;
  readonly #good = new LRUCache<string, Viewer>({ max: MOST_REMEMBERED, ttl: REMEMBERED });

  constructor(private readonly limits: Limits) {
    this.#failed = new TokenBuckets(limits.failedSignInsPerMinute);
  }

  /**
   * Signs in with a token, unless the address has failed too often.
   *
   * @throws RATE_LIMITED, and whatever `check` throws
   */
  async signIn(token: string, address: string, check: () => Promise<Viewer>): Promise<Viewer> {
    const from = networkOf(address);
    const key = createHash('sha256').update(token).digest('base64');
    const wait = this.#failed.wait(from);
    if (wait > 0) {
      const known = this.#good.get(key);
      if (known === undefined || hasExpired(known)) {
        throw overRate('failedSignInsPerMinute', this.limits, wait);
      }
      return known;
    }
    try {
      const viewer = await check();
      this.#good.set(key, viewer);
      return viewer;
    } catch (error) {
      if ((error as { code?: unknown }).code === 'UNAUTHENTICATED') this.#failed.take(from);
      throw error;
    }
  }
}

/** The network of an IPv6 address, its first 64 bits: a site has all addresses of it (RFC 6177). */
function networkOf(address: string): string {
  if (!isIPv6(address) || address.startsWith('::ffff:')) return address;
  const [head = ''] = address.split('::');
  const groups = head.split(':');
  return groups.slice(0, 4).join(':');
}
