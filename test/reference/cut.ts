import { holdings, withDescendants } from './holdings.js';
import { knownUnits, type RotateReadable, tokensInHand } from './known-units.js';
import { inOrder } from './order.js';
import { accountsOf, accountsThatAre, personOf } from './person.js';
import { entityOf, kindOf, type PlainGraph, targets } from './plain-graph.js';
import { storedIn } from './units.js';

/** `K(h)` of semantics, section 3, by id. Foreign: outside the holdings, somebody else's. */
export function cut(
  asked: PlainGraph,
  start: string,
  rotateReadable: RotateReadable,
): ReadonlyMap<string, { readonly foreign: boolean }> {
  const { graph, human } = personOf(asked, start);
  const held = holdings(asked, start);
  const shared = accountsThatAre(graph, human, true);
  const issuers = new Set([...shared, ...targets(graph, 'GRANTED', shared)]);
  const units = knownUnits(asked, start, rotateReadable);
  const tokens = [
    ...[...held].filter((id) => kindOf(graph, id) === 'Token'),
    ...tokensInHand(graph, new Set([human, ...accountsOf(graph, human)])),
    ...targets(graph, 'ISSUED', issuers),
    ...units.flatMap((unit) => storedIn(graph, new Set(unit))),
  ];
  const all = inOrder([...held, ...withFamiliesAndDescendants(graph, new Set(tokens))]);
  return new Map(all.map((id) => [id, { foreign: !held.has(id) }]));
}

function withFamiliesAndDescendants(graph: PlainGraph, tokens: ReadonlySet<string>): ReadonlySet<string> {
  let all = tokens;
  for (;;) {
    const families = [...graph.entities.keys()].filter((id) =>
      [...all].some((member) => isSameFamily(graph, id, member)),
    );
    const more = withDescendants(graph, new Set([...all, ...families]));
    if (more.size === all.size) return all;
    all = more;
  }
}

function isSameFamily(graph: PlainGraph, a: string, b: string): boolean {
  const one = entityOf(graph, a);
  const other = entityOf(graph, b);
  const tokens = one.kind === 'Token' && other.kind === 'Token';
  return tokens && one.family !== undefined && one.family === other.family && one.source === other.source;
}
