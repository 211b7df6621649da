import { BUILT } from './built.js';
import { holdings, withDescendants } from './holdings.js';
import { knownUnits, type RotateReadable, tokensInHand } from './known-units.js';
import { inOrder } from './order.js';
import { accountsOf, accountsThatAre, personOf, type Start } from './person.js';
import { entityOf, kindOf, type PlainGraph, targets } from './plain-graph.js';
import { spent } from './spent.js';
import { storedIn } from './units.js';

/** `K(h)` of semantics, section 3, by id. Foreign: outside the holdings, somebody else's. What is spent is left out. */
export function cut(
  asked: PlainGraph,
  start: Start,
  rotateReadable: RotateReadable,
): ReadonlyMap<string, { readonly foreign: boolean }> {
  const { graph, humans } = personOf(asked, start);
  const held = holdings(asked, start);
  const shared = accountsThatAre(graph, humans, true);
  const issuers = new Set([...shared, ...targets(graph, 'GRANTED', shared)]);
  const units = knownUnits(asked, start, rotateReadable);
  const matters = (id: string) => !BUILT.has('spent: not in the cut') || !spent(graph).has(id);
  const tokens = [
    ...[...held].filter((id) => kindOf(graph, id) === 'Token'),
    ...tokensInHand(graph, new Set([...humans, ...accountsOf(graph, humans)])),
    ...targets(graph, 'ISSUED', issuers),
    ...units.flatMap((unit) => storedIn(graph, new Set(unit))),
  ].filter(matters);
  const all = [...held, ...withFamiliesAndDescendants(graph, new Set(tokens), matters)].filter(matters);
  return new Map(inOrder(all).map((id) => [id, { foreign: !held.has(id) }]));
}

/** What is spent is in no cut, and brings nothing into it. */
function withFamiliesAndDescendants(
  graph: PlainGraph,
  tokens: ReadonlySet<string>,
  matters: (id: string) => boolean,
): ReadonlySet<string> {
  let all = tokens;
  for (;;) {
    const families = [...graph.entities.keys()].filter((id) =>
      [...all].some((member) => isSameFamily(graph, id, member)),
    );
    const more = withDescendants(graph, new Set([...all, ...families]));
    const kept = new Set([...more].filter(matters));
    if (kept.size === all.size) return all;
    all = kept;
  }
}

function isSameFamily(graph: PlainGraph, a: string, b: string): boolean {
  const one = entityOf(graph, a);
  const other = entityOf(graph, b);
  const tokens = one.kind === 'Token' && other.kind === 'Token';
  return tokens && one.family !== undefined && one.family === other.family && one.source === other.source;
}
