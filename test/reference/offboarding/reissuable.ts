import { isEffective } from '../effective.js';
import { kindOf, open, type PlainGraph } from '../plain-graph.js';

/** A cut as `cut` of the reference gives it. */
export type Cut = ReadonlyMap<string, { readonly foreign: boolean }>;

/** Whoever ISSUED a token. */
export function issuersOf(graph: PlainGraph, token: string): readonly string[] {
  return open(graph, 'ISSUED')
    .filter(({ to }) => to === token)
    .map(({ from }) => from);
}

/** The tokens that a token was DELEGATED_TO by. */
export function parentsOf(graph: PlainGraph, token: string): readonly string[] {
  return open(graph, 'DELEGATED_TO')
    .filter(({ to }) => to === token)
    .map(({ from }) => from);
}

/** Whether an effective foreign token of the cut can be reissued (semantics, section 4, *stands on*). */
export function reissuable(graph: PlainGraph, token: string, cut: Cut): boolean {
  return reissuableTokens(graph, cut).has(token);
}

/**
 * Every effective foreign token of the cut that cannot be reissued: it has issuers or parents; no issuer is
 * effective, and every parent is dead, or is in the cut and cannot be reissued either. It counts as a holding.
 */
export function irreplaceable(graph: PlainGraph, cut: Cut): ReadonlySet<string> {
  const can = reissuableTokens(graph, cut);
  return new Set(effectiveForeignTokens(graph, cut).filter((token) => !can.has(token)));
}

export function effectiveForeignTokens(graph: PlainGraph, cut: Cut): readonly string[] {
  return [...cut]
    .filter(([id, { foreign }]) => foreign && kindOf(graph, id) === 'Token' && isEffective(graph, id))
    .map(([id]) => id);
}

/** Built up from what needs no parent, so that tokens that would only have one another cannot be reissued. */
function reissuableTokens(graph: PlainGraph, cut: Cut): ReadonlySet<string> {
  const can = new Set<string>();
  for (;;) {
    const before = can.size;
    for (const token of effectiveForeignTokens(graph, cut)) {
      const issuers = issuersOf(graph, token);
      const parents = parentsOf(graph, token).filter((parent) => isEffective(graph, parent));
      const bound = issuers.length > 0 || parentsOf(graph, token).length > 0;
      const issued = issuers.some((issuer) => isEffective(graph, issuer));
      const delegated = parents.some((parent) => !cut.has(parent) || can.has(parent));
      if (!bound || issued || delegated) can.add(token);
    }
    if (can.size === before) return can;
  }
}
