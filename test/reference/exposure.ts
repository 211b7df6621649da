import { isLive } from './live.js';
import { compareBytes, type Step } from './order.js';
import { personOf } from './person.js';
import { entityOf, type PlainGraph } from './plain-graph.js';
import { type Arrival, walk } from './walk.js';

export interface Reach {
  readonly id: string;
  /** Permission of a Resource (1 READ, 2 WRITE, 3 ADMIN), 1 USED or 2 HELD of a principal, otherwise 1. */
  readonly level: number;
  /** From the human, or from the account asked about. */
  readonly distance: number;
  readonly path: readonly Step[];
}

/** `E(h)` of semantics, section 3, by id. */
export function exposure(asked: PlainGraph, start: string): readonly Reach[] {
  const { graph, human, account } = personOf(asked, start);
  const arrivals = walk(graph, { id: human, level: 1 }, true);
  const ids = [...new Set(arrivals.map(({ id }) => id))].sort(compareBytes);
  return ids
    .filter((id) => id !== human && isLive(graph, id) && matters(graph, id))
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

/** An unmanaged account matters only while somebody who has it reaches something live besides such accounts. */
function matters(graph: PlainGraph, id: string): boolean {
  if (!isUnmanagedAccount(graph, id)) return true;
  const reached = walk(graph, { id, level: 2 }, false);
  return reached.some((arrival) => isLive(graph, arrival.id) && !isUnmanagedAccount(graph, arrival.id));
}

function isUnmanagedAccount(graph: PlainGraph, id: string): boolean {
  const { kind, managed } = entityOf(graph, id);
  return kind === 'Account' && managed === false;
}
