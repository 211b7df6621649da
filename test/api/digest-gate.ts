import type { Store } from '../../src/store/store.js';

/** Every digest counts statuses in the store: counts them, and holds them back while it is told to. */
export function gate() {
  let open: Promise<void> = Promise.resolve();
  const seen = { counted: 0 };
  const around = (store: Store): Store =>
    new Proxy(store, {
      get(target, name) {
        const value = Reflect.get(target, name);
        if (typeof value !== 'function') return value;
        if (name !== 'list') return value.bind(target);
        return async (...args: unknown[]) => {
          seen.counted += 1;
          await open;
          return value.apply(target, args);
        };
      },
    });
  const shut = () => {
    let release = () => {};
    open = new Promise((resolve) => {
      release = resolve;
    });
    return () => release();
  };
  return { around, shut, seen };
}
