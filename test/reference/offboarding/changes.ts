import { inOrder } from '../order.js';
import type { PlainGraph, PlainRelationship } from '../plain-graph.js';

export interface Changes {
  /** Entities that came, went or are otherwise than before. */
  readonly entities: readonly string[];
  /** Open relationships that came, or went, or are otherwise than before. */
  readonly relationships: readonly PlainRelationship[];
}

/** Everything in which one graph differs from another. A relationship that has ended is as good as none. */
export function changesBetween(before: PlainGraph, after: PlainGraph): Changes {
  const ids = inOrder([...before.entities.keys(), ...after.entities.keys()]);
  const one = before.relationships.filter(({ open }) => open);
  const other = after.relationships.filter(({ open }) => open);
  const missing = (all: readonly PlainRelationship[], from: readonly PlainRelationship[]) =>
    all.filter((relationship) => !from.some((candidate) => same(relationship, candidate)));
  return {
    entities: ids.filter((id) => !same(before.entities.get(id), after.entities.get(id))),
    relationships: [...missing(one, other), ...missing(other, one)],
  };
}

/** Whether two plain values say the same, in whatever order their properties stand. */
function same(one: object | undefined, other: object | undefined): boolean {
  return JSON.stringify(sorted(one)) === JSON.stringify(sorted(other));
}

function sorted(value: object | undefined): unknown {
  return Object.entries(value ?? {}).sort(([a], [b]) => (a < b ? -1 : 1));
}
