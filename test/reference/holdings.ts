import { effective, sustainersOf } from './effective.js';
import { accountsThatAre, personOf, type Start } from './person.js';
import { type PlainGraph, targets } from './plain-graph.js';

/** `H(h)` of semantics, section 3: what stands on the person, whatever the status of what lies in between. */
export function holdings(asked: PlainGraph, start: Start): ReadonlySet<string> {
  const { graph, humans } = personOf(asked, start);
  const accounts = accountsThatAre(graph, humans, false);
  const grants = targets(graph, 'GRANTED', accounts);
  const tokens = targets(graph, 'ISSUED', new Set([...accounts, ...grants]));
  const own = new Set([...accounts, ...grants, ...withDescendants(graph, tokens)]);
  return withHanging(graph, humans, own);
}

/**
 * To a fixpoint, whatever is sustained by the person or by one of these, and by nothing else. What is not
 * effective as things are sustains nothing.
 */
function withHanging(
  graph: PlainGraph,
  humans: ReadonlySet<string>,
  own: ReadonlySet<string>,
): ReadonlySet<string> {
  const all = new Set(own);
  const theirs = (id: string) => humans.has(id) || all.has(id);
  for (;;) {
    const before = all.size;
    for (const id of graph.entities.keys()) {
      const sustainers = sustainersOf(graph, id);
      const others = sustainers.filter((by) => !theirs(by) && effective(graph).has(by));
      if (sustainers.some(theirs) && others.length === 0) all.add(id);
    }
    if (all.size === before) return all;
  }
}

/** Tokens, and all that was delegated from them. */
export function withDescendants(graph: PlainGraph, tokens: ReadonlySet<string>): ReadonlySet<string> {
  let all = tokens;
  for (;;) {
    const more = new Set([...all, ...targets(graph, 'DELEGATED_TO', all)]);
    if (more.size === all.size) return all;
    all = more;
  }
}
