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

/** How long keys are used and asked for, in milliseconds. Tests shorten them. */
export interface KeyTimes {
  /** After this, keys are read again when they are next needed. */
  readonly refreshAfter: number;
  /** Keys older than this are not used, even where the issuer cannot be reached. */
  readonly keepFor: number;
  /** Between two tries to read them, whatever tokens come: a made-up key id must not reach the issuer. */
  readonly cooldown: number;
}

export const KEY_TIMES: KeyTimes = { refreshAfter: 600_000, keepFor: 3_600_000, cooldown: 30_000 };

/** More keys than this no issuer has; each would be looked through for every token. */
const MOST_KEYS = 100;

type KeySet = ReturnType<typeof createLocalJWKSet>;

interface Known {
  readonly keys: KeySet;
  /** By the clock of the process, which nobody sets back. */
  readonly readAt: number;
}

/**
 * The keys of one issuer, found by its discovery document (OpenID Connect Discovery 1.0, section 4) and read
 * again when they are old or a token names one that is not there. All who wait share one reading.
 */
export class IssuerKeys {
  #known: Known | undefined;
  #triedAt = Number.NEGATIVE_INFINITY;
  #reading: Promise<void> | undefined;
  #trouble: unknown;

  #trying: NodeJS.Timeout | undefined;
  #begun = false;

  /** @param hear hears why the issuer cannot be asked, once, and null once it can again */
  constructor(
    private readonly issuer: string,
    private readonly times: KeyTimes = KEY_TIMES,
    private readonly hear: (trouble: unknown) => void = () => {},
  ) {}

  /** False where the last try to read them failed. */
  get reached(): boolean {
    return this.#trouble === undefined;
  }

  /** Reads them before anybody needs them, and from then on again by itself where they could not be read. */
  begin(): void {
    this.#begun = true;
    void this.#read();
  }

  /** Tries no more by itself. */
  end(): void {
    this.#begun = false;
    clearTimeout(this.#trying);
  }

  /**
   * The key that a token says it is signed with.
   *
   * @throws UNAVAILABLE where the issuer cannot be asked, and what `jose` throws for a key that there is not
   */
  async keyFor(header: JWSHeaderParameters, token: FlattenedJWSInput): Promise<CryptoKey> {
    const known = await this.#fresh();
    try {
      return await known.keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      // The issuer may have begun to sign with another key since.
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
    // Keys that could not be read cannot say that a token is not the issuer's.
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

  /** Whoever watches is to see that the issuer is back, also while nobody signs in. */
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
    const message =
      'Who issues the sign-ins cannot be asked for its keys, so nobody knows whether yours is good. Try again.';
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
