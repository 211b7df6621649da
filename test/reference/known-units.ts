import { isEffective } from './effective.js';
import { exposure } from './exposure.js';
import { compareBytes, inOrder } from './order.js';
import { accountsOf, personOf, type Start } from './person.js';
import { entityOf, kindOf, open, type PlainGraph, targets } from './plain-graph.js';
import { secretsOf, unitOf } from './units.js';
import { walk } from './walk.js';

/** Policy (semantics, section 4): which secrets that could have been read count as known. */
export type RotateReadable = 'never' | 'sensitive' | 'always';

/** The rotation units that the person knows (semantics, section 3, cut): the members of each by id. */
export function knownUnits(
  asked: PlainGraph,
  start: Start,
  rotateReadable: RotateReadable,
): readonly (readonly string[])[] {
  const { graph, humans } = personOf(asked, start);
  const selves = new Set([...humans, ...accountsOf(graph, humans)]);
  const known = targets(graph, 'KNOWS', selves);
  const personal = [...targets(graph, 'OWNS', selves)].filter((id) => entityOf(graph, id).personal === true);
  const kept = targets(graph, 'HAS_SECRET', new Set(personal));
  const byPolicy = readable(graph, [...humans]).filter(
    (secret) => rotateReadable === 'always' || (rotateReadable === 'sensitive' && isSensitive(graph, secret)),
  );
  const seen = new Set([...known, ...kept, ...byPolicy]);
  const units = secretsOf(graph)
    .map((secret) => inOrder(unitOf(graph, secret)))
    .filter((unit) => unit.some((member) => seen.has(member)));
  // A unit was found once for each of its members: the first by id stands for it.
  const first = new Map(units.map((unit) => [unit[0] as string, unit]));
  return [...first.values()].sort((a, b) => compareBytes(a[0] as string, b[0] as string));
}

function readable(graph: PlainGraph, humans: readonly string[]): readonly string[] {
  return exposure(graph, humans)
    .map(({ id }) => id)
    .filter((id) => kindOf(graph, id) === 'Secret');
}

/** Whether the walk from the secret alone reaches an effective Resource of sensitivity HIGH or CRITICAL. */
function isSensitive(graph: PlainGraph, secret: string): boolean {
  return walk(graph, [{ id: secret, level: 1 }], false).some(({ id }) => {
    const { kind, sensitivity } = entityOf(graph, id);
    const high = sensitivity === 'HIGH' || sensitivity === 'CRITICAL';
    return kind === 'Resource' && high && isEffective(graph, id);
  });
}

/** Every token that one of the given people and accounts KNOWS or OWNS, with or without access. */
export function tokensInHand(graph: PlainGraph, selves: ReadonlySet<string>): readonly string[] {
  const all = [...open(graph, 'KNOWS'), ...open(graph, 'OWNS')].filter(({ from }) => selves.has(from));
  return all.map(({ to }) => to).filter((id) => kindOf(graph, id) === 'Token');
}
