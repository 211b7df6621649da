import { BUILT } from './built.js';
import { isEffective } from './effective.js';
import { entityOf, kindOf, open, type PlainGraph } from './plain-graph.js';
import { topLevel, walk } from './walk.js';

const known = new WeakMap<PlainGraph, ReadonlySet<string>>();

/**
 * What is *spent* (semantics, section 2): the largest set of unmanaged accounts, with all that comes of them
 * alone, from which the walk reaches nothing effective but members of the set.
 */
export function spent(graph: PlainGraph): ReadonlySet<string> {
  const before = known.get(graph);
  if (before) return before;
  const all = BUILT.has('spent') ? largestSpent(graph) : new Set<string>();
  known.set(graph, all);
  return all;
}

/** Begun with all unmanaged accounts; whichever reaches anything else is taken away until none does. */
export function largestSpent(graph: PlainGraph): ReadonlySet<string> {
  let accounts = [...graph.entities.keys()].filter((id) => isUnmanagedAccount(graph, id));
  for (;;) {
    const set = withWhatIsTheirs(graph, accounts);
    const stay = accounts.filter((account) => reachesOnly(graph, account, set));
    if (stay.length === accounts.length && [...set].every((id) => reachesOnly(graph, id, set))) return set;
    if (stay.length === accounts.length) throw new Error('something of an account reaches what it does not');
    accounts = stay;
  }
}

/** These accounts, every Grant that only they GRANTED, and every Token of which all issuers and parents are here. */
export function withWhatIsTheirs(graph: PlainGraph, accounts: Iterable<string>): ReadonlySet<string> {
  const all = new Set(accounts);
  const onlyFrom = (id: string, origins: readonly string[]) =>
    !all.has(id) && origins.length > 0 && origins.every((origin) => all.has(origin));
  for (;;) {
    const before = all.size;
    for (const { id, kind } of graph.entities.values()) {
      const origins = open(graph, kind === 'Grant' ? 'GRANTED' : 'ISSUED').filter(({ to }) => to === id);
      const parents = open(graph, 'DELEGATED_TO').filter(({ to }) => to === id);
      if (kind !== 'Grant' && kind !== 'Token') continue;
      if (
        onlyFrom(
          id,
          [...origins, ...parents].map(({ from }) => from),
        )
      )
        all.add(id);
    }
    if (all.size === before) return all;
  }
}

function reachesOnly(graph: PlainGraph, id: string, set: ReadonlySet<string>): boolean {
  const reached = walk(graph, [{ id, level: topLevel(kindOf(graph, id)) }], false);
  return reached.every((arrival) => set.has(arrival.id) || !isEffective(graph, arrival.id));
}

export function isUnmanagedAccount(graph: PlainGraph, id: string): boolean {
  const { kind, managed } = entityOf(graph, id);
  return kind === 'Account' && managed === false;
}
