import { inspect } from 'node:util';

const SEALED = '[sealed]';

/**
 * The value of a credential, on its way in memory from the source that issues it to the stores that keep it (sources,
 * *Values*). It prints as `[sealed]`, in logs and in JSON too, and is overwritten once it is written.
 */
export class SealedValue {
  readonly #bytes: Buffer;
  #isSpent = false;

  constructor(value: string) {
    this.#bytes = Buffer.from(value);
  }

  /**
   * Gives the value to whoever writes it. Keep it nowhere else.
   *
   * @throws Error where it was overwritten before
   */
  read(): string {
    if (this.#isSpent) throw new Error('The value was overwritten.');
    return this.#bytes.toString();
  }

  /** Overwrites it. A second call does nothing. */
  overwrite(): void {
    this.#bytes.fill(0);
    this.#isSpent = true;
  }

  toString(): string {
    return SEALED;
  }

  toJSON(): string {
    return SEALED;
  }

  [inspect.custom](): string {
    return SEALED;
  }
}
