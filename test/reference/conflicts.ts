import { withStopped } from './continuity.js';
import { cut } from './cut.js';
import { effectiveWithout } from './effective.js';
import { holdings } from './holdings.js';
import type { RotateReadable } from './known-units.js';
import { inOrder } from './order.js';
import { accountsThatAre, personOf, type Start } from './person.js';
import { kindOf, type PlainGraph } from './plain-graph.js';
import { leansOn, type Stopping } from './stopped.js';
import { storedIn, unitOf } from './units.js';

export interface Conflict {
  readonly id: string;
  readonly resolution: 'REHOME' | 'REISSUE' | 'TRANSFER';
  /** The workloads at risk that lean on it directly, by id. */
  readonly workloads: readonly string[];
}

/** `W(h)` of semantics, section 3: live workloads that work now and would not with the whole cut stopped. */
export function workloadsAtRisk(
  asked: PlainGraph,
  start: Start,
  rotateReadable: RotateReadable,
): ReadonlySet<string> {
  return withStopped(personOf(asked, start).graph, stoppingAll(asked, start, rotateReadable)).workloads;
}

/** The conflicts of semantics, section 3, by id. */
export function conflicts(
  asked: PlainGraph,
  start: Start,
  rotateReadable: RotateReadable,
): readonly Conflict[] {
  const { graph } = personOf(asked, start);
  const stopping = stoppingAll(asked, start, rotateReadable);
  const { workloads, newlyStopped } = withStopped(graph, stopping);
  return inOrder(newlyStopped).flatMap((id) => {
    const leaning = inOrder([...workloads].filter((workload) => leansOn(graph, workload).includes(id)));
    if (leaning.length === 0) return [];
    return [{ id, resolution: resolutionOf(asked, start, stopping, id), workloads: leaning }];
  });
}

/** `H(h)` and `K(h)`, and the people themselves. */
function stoppingAll(asked: PlainGraph, start: Start, rotateReadable: RotateReadable): Stopping {
  const keys = cut(asked, start, rotateReadable).keys();
  return { also: new Set([...holdings(asked, start), ...keys]), gone: personOf(asked, start).humans };
}

/**
 * What a workload may stand on is re-homed: a Grant or Token of the holdings, an unshared account, a Secret whose
 * unit stores such a Token. What else would only not be sustained any more is handed over.
 */
function resolutionOf(
  asked: PlainGraph,
  start: Start,
  { also = new Set(), gone = new Set() }: Stopping,
  id: string,
): Conflict['resolution'] {
  const { graph, humans } = personOf(asked, start);
  const held = holdings(asked, start);
  const kind = kindOf(graph, id);
  if (kind === 'Secret') {
    const stored = storedIn(graph, unitOf(graph, id));
    if (stored.some((token) => held.has(token))) return 'REHOME';
    return effectiveWithout(graph, new Set([...also, ...gone])).has(id) ? 'REISSUE' : 'TRANSFER';
  }
  if (kind === 'Account') return accountsThatAre(graph, humans, false).has(id) ? 'REHOME' : 'TRANSFER';
  if (kind !== 'Grant' && kind !== 'Token') return 'TRANSFER';
  return held.has(id) ? 'REHOME' : 'REISSUE';
}
