import {
  type CryptoKey,
  createLocalJWKSet,
  errors,
  type FlattenedJWSInput,
  type JSONWebKeySet,
  type JWSHeaderParameters,
} from 'jose';
import { isTrustworthy } from '../../model/address.js';
import { unavailable } from '../../model/errors.js';
import { getJson } from './get-json.js';

/** Times for reading and keeping keys, in milliseconds. Tests shorten them. */
export interface KeyTimes {
  /** Older keys are read again when they are next needed. */
  readonly refreshAfter: number;
  /** Older keys are not used, even where the issuer cannot be reached. */
  readonly keepFor: number;
  /** The shortest time between two tries to read keys: tokens with invented key ids must not flood the issuer. */
  readonly cooldown: number;
}

export const KEY_TIMES: KeyTimes = { refreshAfter: 600_000, keepFor: 3_600_000, cooldown: 30_000 };

/** The most keys of an issuer. Every token is compared with all of them. */
const MOST_KEYS = 100;

type KeySet = ReturnType<typeof createLocalJWKSet>;

interface Known {
  readonly keys: KeySet;
  /** A time of `performance.now()`, which is monotonic. */
  readonly readAt: number;
}

/**
 * The keys of one issuer, found by its discovery document (OpenID Connect Discovery 1.0, section 4). They are read again
 * when they are old, or when a token names an unknown key. Callers that wait at the same time share one request.
 */
export class IssuerKeys {
  #known: Known | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  #trouble: unknown;

  #trying: NodeJS.Timeout | undefined;
  #begun = false;

  /** @param hear is called once with the error when the issuer cannot be reached, and with null when it can again */
  constructor(
    private readonly issuer: string,
    private readonly times: KeyTimes = KEY_TIMES,
    private readonly hear: (trouble: unknown) => void = () => {},
  ) {}

  /** False where the last try to read them failed. */
  get reached(): boolean {
    return this.#trouble === undefined;
  }

  /** Reads the keys before they are needed. Where that fails, it goes on trying until it succeeds. */
  begin(): void {
    this.#begun = true;
    void this.#read();
  }

  /** Stops trying. */
  end(): void {
    this.#begun = false;
    clearTimeout(this.#trying);
  }

  /**
   * The key with which a token is signed, by its header.
   *
   * @throws UNAVAILABLE where the issuer cannot be reached; what `jose` throws where it has no such key
   */
  async keyFor(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const known = await this.#fresh();
    try {
      return await known.keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // The issuer may have a new key since.
      const newer = await this.#again();
      if (newer === known) throw error;
      return newer.keys(header, token);
    }
  }

  async #fresh(): Promise<Known> {
    if (this.#known === undefined || this.#age(this.#known) >= this.times.refreshAfter) await this.#read();
    return this.#usable();
  }

  async #again(): Promise<Known> {
    await this.#read();
    // Without its present keys it is not known whether the token is the issuer's.
    if (this.#trouble !== undefined) throw this.#unreachable();
    return this.#usable();
  }

  #usable(): Known {
    if (this.#known === undefined || this.#age(this.#known) >= this.times.keepFor) throw this.#unreachable();
    return this.#known;
  }

  async #read(): Promise<void> {
    if (this.#reading === undefined) {
      if (performance.now() - this.#triedAt < this.times.cooldown) return;
      this.#reading = this.#ask().finally(() => {
        this.#triedAt = performance.now();
        this.#reading = undefined;
        this.#tryAgain();
      });
    }
    await this.#reading;
  }

  /** A monitor must see that the issuer can be reached again, even while nobody signs in. */
  #tryAgain(): void {
    clearTimeout(this.#trying);
    if (!this.#begun || this.reached) return;
    this.#trying = setTimeout(() => {
      this.#triedAt = Number.NEGATIVE_INFINITY;
      void this.#read();
    }, this.times.cooldown).unref();
  }

  async #ask(): Promise<void> {
    try {
      const base = this.issuer.replace(/\/$/, '');
      const found = await getJson(new URL(`${base}/.well-known/openid-configuration`));
      const keys = await getJson(keysPlace(found, this.issuer));
      this.#known = { keys: keySet(keys), readAt: performance.now() };
      if (this.#trouble !== undefined) this.hear(null);
      this.#trouble = undefined;
    } catch (error) {
      if (this.#trouble === undefined) this.hear(error);
      this.#trouble = error;
    }
  }

  #age({ readAt }: Known): number {
    return performance.now() - readAt;
  }

  #unreachable() {
    const message = 'The issuer of sign-ins cannot be reached, so your token cannot be checked. Try again.';
    return unavailable(message, this.#trouble);
  }
}

function keysPlace(found: unknown, issuer: string): URL {
  const { issuer: said, jwks_uri: place } = (found ?? {}) as Record<string, unknown>;
  if (said !== issuer) throw new Error('The discovery document is that of another issuer.');
  if (typeof place !== 'string' || !isTrustworthy(place))
    throw new Error('The discovery document has no jwks_uri.');
  return new URL(place);
}

function keySet(value: unknown): KeySet {
  const set = value as JSONWebKeySet;
  const { length } = Array.isArray(set?.keys) ? set.keys : [];
  if (length > MOST_KEYS) throw new Error(`The issuer has ${length} keys.`);
  return createLocalJWKSet(set);
}
