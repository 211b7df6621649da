import { withStopped } from './continuity.js';
import { cut } from './cut.js';
import { holdings } from './holdings.js';
import type { RotateReadable } from './known-units.js';
import { inOrder } from './order.js';
import { personOf } from './person.js';
import { kindOf, type PlainGraph } from './plain-graph.js';
import { leansOn } from './stopped.js';
import { storedIn, unitOf } from './units.js';

export interface Conflict {
  readonly id: string;
  readonly resolution: 'REHOME' | 'REISSUE';
  /** The workloads at risk that lean on it directly, by id. */
  readonly workloads: readonly string[];
}

/** `W(h)` of semantics, section 3: live workloads that work now and would not with the whole cut stopped. */
export function workloadsAtRisk(
  asked: PlainGraph,
  start: string,
  rotateReadable: RotateReadable,
): ReadonlySet<string> {
  return withStopped(personOf(asked, start).graph, keysOf(asked, start, rotateReadable)).workloads;
}

/** The conflicts of semantics, section 3, by id. */
export function conflicts(
  asked: PlainGraph,
  start: string,
  rotateReadable: RotateReadable,
): readonly Conflict[] {
  const { graph } = personOf(asked, start);
  const held = holdings(asked, start);
  const { workloads, newlyStopped } = withStopped(graph, keysOf(asked, start, rotateReadable));
  return inOrder(newlyStopped).flatMap((id) => {
    const leaning = inOrder([...workloads].filter((workload) => leansOn(graph, workload).includes(id)));
    if (leaning.length === 0) return [];
    return [{ id, resolution: isHeld(graph, id, held) ? 'REHOME' : 'REISSUE', workloads: leaning } as const];
  });
}

function keysOf(asked: PlainGraph, start: string, rotateReadable: RotateReadable): ReadonlySet<string> {
  return new Set(cut(asked, start, rotateReadable).keys());
}

/** A secret has no holder of its own: it counts as a holding when its unit stores one. */
function isHeld(graph: PlainGraph, id: string, held: ReadonlySet<string>): boolean {
  if (kindOf(graph, id) !== 'Secret') return held.has(id);
  return storedIn(graph, unitOf(graph, id)).some((token) => held.has(token));
}
