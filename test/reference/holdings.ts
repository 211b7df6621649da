import { accountsThatAre, personOf } from './person.js';
import { type PlainGraph, targets } from './plain-graph.js';

/** `H(h)` of semantics, section 3: what stands on the person, whatever the status of what lies in between. */
export function holdings(asked: PlainGraph, start: string): ReadonlySet<string> {
  const { graph, human } = personOf(asked, start);
  const accounts = accountsThatAre(graph, human, false);
  const grants = targets(graph, 'GRANTED', accounts);
  const tokens = targets(graph, 'ISSUED', new Set([...accounts, ...grants]));
  return new Set([...accounts, ...grants, ...withDescendants(graph, tokens)]);
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
