import { inOrder } from './order.js';
import type { PlainGraph } from './plain-graph.js';
import { broken, stopped, workloadsOf } from './stopped.js';

/** Every App and Job that is broken as things are. */
export function brokenNow(graph: PlainGraph): ReadonlySet<string> {
  return broken(graph, stopped(graph));
}

/** Every App and Job that is not broken as things are. */
export function working(graph: PlainGraph): ReadonlySet<string> {
  const down = brokenNow(graph);
  return new Set(workloadsOf(graph).filter((id) => !down.has(id)));
}

/**
 * For each workload that works now and will not by expiry alone, the first moment at which it does not (semantics,
 * section 3): the graph is looked at anew as of each expiry to come.
 */
export function stopsAt(graph: PlainGraph): ReadonlyMap<string, number> {
  const expiries = [...graph.entities.values()].flatMap(({ expiresAt }) => expiresAt ?? []);
  const moments = [...new Set(expiries)].filter((at) => at > graph.now).sort((a, b) => a - b);
  const first = new Map<string, number>();
  for (const at of moments) {
    const down = brokenNow({ ...graph, now: at });
    for (const id of inOrder(working(graph))) if (down.has(id) && !first.has(id)) first.set(id, at);
  }
  return first;
}
