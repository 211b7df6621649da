import { isLive } from './live.js';
import type { PlainGraph, PlainRelationship } from './plain-graph.js';
import { rowOf } from './table.js';

const NOTHING: ReadonlySet<string> = new Set();
const known = new WeakMap<PlainGraph, ReadonlySet<string>>();

/** What sustains, and what is sustained by it. */
export function sustaining({ type, from, to }: PlainRelationship): {
  readonly by: string;
  readonly what: string;
} {
  return rowOf(type).sustainer === 'to' ? { by: to, what: from } : { by: from, what: to };
}

/** Everything that an entity is said to be sustained by, effective or not. Empty: it needs nobody. */
export function sustainersOf(graph: PlainGraph, id: string): readonly string[] {
  return graph.relationships
    .filter(
      (relationship) => relationship.open && relationship.sustains && sustaining(relationship).what === id,
    )
    .map((relationship) => sustaining(relationship).by);
}

/**
 * Everything effective (semantics, section 1), with `gone` counted as dead besides. Unsustained is a least
 * fixpoint: begun with all that is live, so that two that sustain each other keep each other.
 *
 * @param spared never unsustained, whatever sustained it
 */
export function effectiveWithout(
  graph: PlainGraph,
  gone: ReadonlySet<string>,
  spared: ReadonlySet<string> = NOTHING,
): ReadonlySet<string> {
  const sustained = new Map<string, readonly string[]>();
  for (const relationship of graph.relationships) {
    if (!relationship.open || !relationship.sustains) continue;
    const { by, what } = sustaining(relationship);
    sustained.set(what, [...(sustained.get(what) ?? []), by]);
  }
  const all = new Set([...graph.entities.keys()].filter((id) => isLive(graph, id) && !gone.has(id)));
  for (;;) {
    const before = all.size;
    for (const [what, by] of sustained) {
      if (!spared.has(what) && !by.some((one) => all.has(one))) all.delete(what);
    }
    if (all.size === before) return all;
  }
}

/** Everything effective as things are. Worked out once for a graph: a graph never changes. */
export function effective(graph: PlainGraph): ReadonlySet<string> {
  const before = known.get(graph);
  if (before) return before;
  const all = effectiveWithout(graph, NOTHING);
  known.set(graph, all);
  return all;
}

export function isEffective(graph: PlainGraph, id: string): boolean {
  return effective(graph).has(id);
}
