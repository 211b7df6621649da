import { holdings } from './holdings.js';
import { isLive } from './live.js';
import { inOrder } from './order.js';
import { personOf, type Start } from './person.js';
import type { PlainGraph } from './plain-graph.js';
import { broken, type Stopping, stopped, workloadsOf } from './stopped.js';

export interface Continuity {
  /** `C(h)`: live workloads that work now and would not. */
  readonly workloads: ReadonlySet<string>;
  /** What stops with the person and is not stopped now: the explanation. */
  readonly newlyStopped: ReadonlySet<string>;
}

/** `C(h)` of semantics, section 3. */
export function continuity(asked: PlainGraph, start: Start): Continuity {
  const { graph, humans } = personOf(asked, start);
  return withStopped(graph, { also: holdings(asked, start), gone: humans });
}

/** The live workloads that work now and would not with more stopped, and what newly stops. */
export function withStopped(graph: PlainGraph, stopping: Stopping): Continuity {
  const now = stopped(graph);
  const then = stopped(graph, stopping);
  const brokenNow = broken(graph, now);
  const brokenThen = broken(graph, then);
  const newly = workloadsOf(graph).filter(
    (id) => isLive(graph, id) && brokenThen.has(id) && !brokenNow.has(id),
  );
  return {
    workloads: new Set(inOrder(newly)),
    newlyStopped: new Set(inOrder([...then].filter((id) => !now.has(id)))),
  };
}
