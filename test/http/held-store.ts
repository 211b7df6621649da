import type { Store } from '../../src/store/store.js';

/** Stands around a store: notes every call, and lets those of one name wait until they are let go. */
export class HeldStore {
  /** Names of the calls since {@link hold}; those of the journal as `journal.…`. */
  readonly #calls: string[] = [];
  #held: string | null = null;
  #gate = Promise.resolve();
  letGo = () => {};
  /** Settled when the call that is held has come. */
  reached = Promise.resolve();
  #reach = () => {};

  /** What was asked: the service itself follows the head all the time, so that is left out. */
  get asked(): readonly string[] {
    return this.#calls.filter((name) => name !== 'head');
  }

  /** How often one of them was asked for since then. */
  count(name: string): number {
    return this.#calls.filter((one) => one === name).length;
  }

  hold(name: string | null): void {
    this.#held = name;
    this.#calls.length = 0;
    this.#gate = new Promise((resolve) => {
      this.letGo = () => {
        this.#held = null;
        resolve();
      };
    });
    this.reached = new Promise((resolve) => {
      this.#reach = resolve;
    });
  }

  readonly around = (store: Store): Store => this.#watched(store, '');

  #watched<T extends object>(target: T, path: string): T {
    return new Proxy(target, {
      get: (_target, key) => {
        const value: unknown = Reflect.get(target, key, target);
        const name = `${path}${String(key)}`;
        if (key === 'journal') return this.#watched(value as object, 'journal.');
        if (typeof value !== 'function') return value;
        return (...args: unknown[]) => {
          this.#calls.push(name);
          const go = () => value.apply(target, args) as unknown;
          if (name !== this.#held) return go();
          this.#reach();
          return this.#gate.then(go);
        };
      },
    });
  }
}
