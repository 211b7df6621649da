import type { GraphView } from './view.js';

/**
 * Remembers what was computed of a view. A question that is asked again finds on the same view what it had
 * computed before, and on one that knows more it finds nothing, as it must.
 */
export function memoizeByView<T>(compute: (view: GraphView) => T): (view: GraphView) => T {
  const known = new WeakMap<GraphView, { readonly value: T }>();
  return (view) => {
    let found = known.get(view);
    if (found === undefined) {
      found = { value: compute(view) };
      known.set(view, found);
    }
    return found.value;
  };
}
