import { effectiveWithout, isEffective, sustainersOf } from '../effective.js';
import { kindOf, type PlainGraph, targets } from '../plain-graph.js';
import { storedIn, unitOf } from '../units.js';
import type { Departure } from './departure.js';

/** Whether a workload stands on the person who leaves (semantics, section 4). */
export function standsOn(departure: Departure, workload: string): boolean {
  return stoodOn(departure, workload).size > 0;
}

/**
 * What of the person's a workload stands on, dead or alive: a Grant or Token it USES, required or not; a Token
 * stored in the unit of a Secret it USES or DEPENDS_ON; an unshared account it RUNS_AS or DEPENDS_ON.
 */
export function stoodOn(departure: Departure, workload: string): ReadonlySet<string> {
  const { graph, held, irreplaceable, unshared } = departure;
  const self = new Set([workload]);
  const counts = (id: string) =>
    ['Grant', 'Token'].includes(kindOf(graph, id)) && (held.has(id) || irreplaceable.has(id));
  const credentials = [...targets(graph, 'USES', self), ...storedForIt(graph, workload)].filter(counts);
  const principals = [...targets(graph, 'RUNS_AS', self), ...targets(graph, 'DEPENDS_ON', self)];
  return new Set([...credentials, ...principals.filter((id) => unshared.has(id))]);
}

/** Whether something hangs on the person: effective, and not sustained with the holdings and the person stopped. */
export function hangsOn({ graph, held, humans }: Departure, id: string): boolean {
  const left = effectiveWithout(graph, new Set([...held, ...humans]));
  const sustainers = sustainersOf(graph, id);
  return isEffective(graph, id) && sustainers.length > 0 && !sustainers.some((by) => left.has(by));
}

/** Every Token in the units of the Secrets that a workload USES or DEPENDS_ON. */
export function storedForIt(graph: PlainGraph, workload: string): readonly string[] {
  const self = new Set([workload]);
  const all = [...targets(graph, 'USES', self), ...targets(graph, 'DEPENDS_ON', self)];
  const secrets = all.filter((id) => kindOf(graph, id) === 'Secret');
  return secrets.flatMap((secret) => storedIn(graph, unitOf(graph, secret)));
}

/** Whether a workload needs a Token (semantics, section 5, phase 2): it USES it, or such a Secret stores it. */
export function needsToken(graph: PlainGraph, workload: string, token: string): boolean {
  return (
    targets(graph, 'USES', new Set([workload])).has(token) || storedForIt(graph, workload).includes(token)
  );
}
