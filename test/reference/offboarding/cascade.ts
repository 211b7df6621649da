import { withStopped } from '../continuity.js';
import { compareBytes, inOrder } from '../order.js';
import { entityOf, kindOf, open, type PlainGraph, targets } from '../plain-graph.js';
import { secretsOf, storedIn, unitOf } from '../units.js';
import { Refused } from './actions.js';
import { parentsOf } from './reissuable.js';

/**
 * Everything that revoking one thing ends, dead already or not, parents before children (semantics, section 5,
 * one thing at a time). Of a Secret nothing is ended: its unit is rotated. Refused for the kinds that are not
 * revoked.
 */
export function cascadeOf(graph: PlainGraph, target: string): readonly string[] {
  const self = new Set([target]);
  switch (kindOf(graph, target)) {
    case 'Token':
      return parentsFirst(graph, tokenCascade(graph, self));
    case 'Grant':
      return [target, ...parentsFirst(graph, tokenCascade(graph, targets(graph, 'ISSUED', self)))];
    case 'Account':
    case 'ServiceIdentity':
      return principalCascade(graph, target, targets(graph, 'GRANTED', self));
    case 'App':
      return principalCascade(graph, target, grantsTo(graph, target));
    case 'Secret':
      return [];
    default:
      throw new Refused(`${target} is not revoked`);
  }
}

/** Everything that retiring one thing ends: a Job by itself, an App or ServiceIdentity as it is revoked. */
export function retirementOf(graph: PlainGraph, thing: string): readonly string[] {
  const kind = kindOf(graph, thing);
  if (kind === 'Job') return [thing];
  if (kind === 'App' || kind === 'ServiceIdentity') return cascadeOf(graph, thing);
  throw new Refused(`${thing} is not retired`);
}

/** Every Secret whose unit stores one of these tokens: it is to be rotated once they end. */
export function rotationRequiredBy(graph: PlainGraph, ended: readonly string[]): readonly string[] {
  return secretsOf(graph).filter((secret) =>
    storedIn(graph, unitOf(graph, secret)).some((token) => ended.includes(token)),
  );
}

/** The workloads that work now, would not once these have ended, and are not themselves among these. */
export function breaks(graph: PlainGraph, ended: readonly string[]): readonly string[] {
  const down = withStopped(graph, { also: new Set(ended) }).workloads;
  return inOrder([...down].filter((workload) => !ended.includes(workload)));
}

/** Every Grant TO_APP an App. */
export function grantsTo(graph: PlainGraph, app: string): ReadonlySet<string> {
  const consents = open(graph, 'TO_APP').filter(({ to }) => to === app);
  return new Set(consents.map(({ from }) => from));
}

function principalCascade(graph: PlainGraph, target: string, grants: ReadonlySet<string>): readonly string[] {
  const issued = targets(graph, 'ISSUED', new Set([target, ...grants]));
  return [target, ...inOrder(grants), ...parentsFirst(graph, tokenCascade(graph, issued))];
}

/** Tokens with their families and descendants, to a fixpoint. */
function tokenCascade(graph: PlainGraph, tokens: ReadonlySet<string>): ReadonlySet<string> {
  const all = new Set(tokens);
  for (;;) {
    const before = all.size;
    for (const child of targets(graph, 'DELEGATED_TO', all)) all.add(child);
    for (const id of graph.entities.keys()) {
      if ([...all].some((member) => areFamily(graph, id, member))) all.add(id);
    }
    if (all.size === before) return all;
  }
}

function areFamily(graph: PlainGraph, id: string, member: string): boolean {
  const one = entityOf(graph, id);
  const other = entityOf(graph, member);
  if (one.kind !== 'Token' || other.kind !== 'Token' || one.family === undefined) return false;
  return one.family === other.family && one.source === other.source;
}

/** By id, but each after those of its parents that are here too. In a circle the smallest id begins. */
function parentsFirst(graph: PlainGraph, tokens: ReadonlySet<string>): readonly string[] {
  const done: string[] = [];
  let left = [...tokens].sort(compareBytes);
  while (left.length > 0) {
    const free = left.find((token) => !parentsOf(graph, token).some((parent) => left.includes(parent)));
    const next = free ?? (left[0] as string);
    done.push(next);
    left = left.filter((token) => token !== next);
  }
  return done;
}
