import { BUILT } from './built.js';
import { isEffective } from './effective.js';
import { compareBytes, type Step } from './order.js';
import { personOf, type Start } from './person.js';
import type { PlainGraph } from './plain-graph.js';
import { isUnmanagedAccount, spent } from './spent.js';
import { type Arrival, walk } from './walk.js';

export interface Reach {
  readonly id: string;
  /** Permission of a Resource (1 READ, 2 WRITE, 3 ADMIN), 1 USED or 2 HELD of a principal, otherwise 1. */
  readonly level: number;
  /** From the nearest human, or from the account asked about. */
  readonly distance: number;
  readonly path: readonly Step[];
}

/** `E(h)` of semantics, section 3, by id. */
export function exposure(asked: PlainGraph, start: Start): readonly Reach[] {
  const { graph, humans, account } = personOf(asked, start);
  const starts = [...humans].map((id) => ({ id, level: 1 }));
  const arrivals = walk(graph, starts, true);
  const ids = [...new Set(arrivals.map(({ id }) => id))].sort(compareBytes);
  return ids
    .filter((id) => !humans.has(id) && isEffective(graph, id) && matters(graph, id))
    .map((id) => {
      const { level, path } = highest(arrivals.filter((arrival) => arrival.id === id));
      // The way to an account asked about is not part of the answer.
      const shown = account === undefined ? path : path.slice(1);
      return { id, level, distance: shown.length, path: shown };
    });
}

function highest(arrivals: readonly Arrival[]): Arrival {
  return arrivals.reduce((best, arrival) => (arrival.level > best.level ? arrival : best));
}

function matters(graph: PlainGraph, id: string): boolean {
  if (BUILT.has('spent')) return !spent(graph).has(id);
  if (!isUnmanagedAccount(graph, id)) return true;
  const reached = walk(graph, [{ id, level: 2 }], false);
  return reached.some((arrival) => isEffective(graph, arrival.id) && !isUnmanagedAccount(graph, arrival.id));
}
