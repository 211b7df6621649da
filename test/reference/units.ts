import { inOrder } from './order.js';
import { kindOf, open, type PlainGraph } from './plain-graph.js';

/** The rotation unit of a secret: it and all that open copies connect with it, either way. */
export function unitOf(graph: PlainGraph, secret: string): ReadonlySet<string> {
  const unit = new Set([secret]);
  for (;;) {
    const before = unit.size;
    for (const { from, to } of open(graph, 'COPY_OF')) {
      if (unit.has(from)) unit.add(to);
      if (unit.has(to)) unit.add(from);
    }
    if (unit.size === before) return unit;
  }
}

/** Every token stored in any of these secrets, dead or alive. */
export function storedIn(graph: PlainGraph, secrets: ReadonlySet<string>): readonly string[] {
  const stored = open(graph, 'STORED_IN').filter(({ to }) => secrets.has(to));
  return inOrder(stored.map(({ from }) => from));
}

export function secretsOf(graph: PlainGraph): readonly string[] {
  return inOrder([...graph.entities.keys()].filter((id) => kindOf(graph, id) === 'Secret'));
}
