import type { GraphView } from './view.js';

/**
 * Computes a value once for each view and remembers it. A query that runs again on the same view reuses the value; on
 * a later view, which has more of the graph, the value is computed anew.
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
