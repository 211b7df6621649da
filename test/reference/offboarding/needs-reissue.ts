import { isEffective } from '../effective.js';
import { isLive } from '../live.js';
import { inOrder } from '../order.js';
import { workloadsOf } from '../stopped.js';
import { retirementOf } from './cascade.js';
import type { Departure } from './departure.js';
import { effectiveForeignTokens, issuersOf, parentsOf, reissuable } from './reissuable.js';
import { needsToken } from './stands-on.js';

/** How a foreign token is reissued. All three empty: it belongs to nobody, and needs nobody to issue it. */
export interface Reissue {
  /** Those of its issuers that are effective. */
  readonly issuedBy: readonly string[];
  /** Where no issuer is effective: its effective parents outside the cut. */
  readonly delegatedBy: readonly string[];
  /** Where there is none of these either: the parent in the cut whose replacement delegates to it. */
  readonly byReplacementOf: string | undefined;
  /** The live workloads that need the old one and are not to be retired: they are bound to the new one. */
  readonly users: readonly string[];
}

/** The foreign tokens that are reissued when these things are retired (semantics, section 5, phase 2), by id. */
export function needsReissue(
  departure: Departure,
  retired: ReadonlySet<string>,
): ReadonlyMap<string, Reissue> {
  const { graph, cut } = departure;
  const revoked = new Set([...retired].flatMap((thing) => retirementOf(graph, thing)));
  const candidates = effectiveForeignTokens(graph, cut).filter(
    (token) => reissuable(graph, token, cut) && !revoked.has(token),
  );
  const reissued = new Set(candidates.filter((token) => isNeeded(departure, token, retired)));
  for (;;) {
    const parents = [...reissued].map((token) => waysOf(departure, token).byReplacementOf);
    const more = parents.filter((parent) => parent !== undefined && !reissued.has(parent));
    if (more.length === 0) break;
    for (const parent of more) reissued.add(parent as string);
  }
  const users = (token: string) =>
    workloadsOf(graph).filter((id) => isLive(graph, id) && !retired.has(id) && needsToken(graph, id, token));
  return new Map(
    inOrder(reissued).map((token) => [token, { ...waysOf(departure, token), users: inOrder(users(token)) }]),
  );
}

/** Whether a working workload that is not to be retired needs the token. */
function isNeeded({ graph, brokenNow }: Departure, token: string, retired: ReadonlySet<string>): boolean {
  return workloadsOf(graph).some(
    (id) => !brokenNow.has(id) && !retired.has(id) && needsToken(graph, id, token),
  );
}

function waysOf({ graph, cut }: Departure, token: string): Omit<Reissue, 'users'> {
  const issuedBy = inOrder(issuersOf(graph, token).filter((issuer) => isEffective(graph, issuer)));
  if (issuedBy.length > 0) return { issuedBy, delegatedBy: [], byReplacementOf: undefined };
  const parents = inOrder(parentsOf(graph, token).filter((parent) => isEffective(graph, parent)));
  const delegatedBy = parents.filter((parent) => !cut.has(parent));
  if (delegatedBy.length > 0) return { issuedBy, delegatedBy, byReplacementOf: undefined };
  const byReplacementOf = parents.find((parent) => reissuable(graph, parent, cut));
  return { issuedBy, delegatedBy, byReplacementOf };
}
