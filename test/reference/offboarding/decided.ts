import type { Kind } from '../../../src/model/kinds.js';
import { workloadsAtRisk } from '../conflicts.js';
import { continuity } from '../continuity.js';
import { inOrder } from '../order.js';
import { orphans } from '../orphans.js';
import { kindOf } from '../plain-graph.js';
import type { Departure } from './departure.js';
import { hangsOn, standsOn, stoodOn } from './stands-on.js';

const DECIDED_KINDS: readonly Kind[] = ['App', 'Job', 'ServiceIdentity'];

/** By which rule a decided thing is decided: the first that matches, or straight by the last one. */
export type DecidedBy = 'FIRST' | 'LAST';

/**
 * The decided things (semantics, section 4), by id: what is orphaned, the workloads of `C(h)` that stand or hang on
 * the person, and by the last rule those of `W(h)` that stand on a foreign token that cannot be reissued.
 */
export function decidedThings(departure: Departure): ReadonlyMap<string, DecidedBy> {
  const { graph, rotateReadable, irreplaceable } = departure;
  const humans = [...departure.humans];
  const orphaned = [...orphans(graph, humans)].filter((id) => DECIDED_KINDS.includes(kindOf(graph, id)));
  const standing = [...continuity(graph, humans).workloads].filter(
    (id) => standsOn(departure, id) || hangsOn(departure, id),
  );
  const first = new Set([...orphaned, ...standing]);
  const late = [...workloadsAtRisk(graph, humans, rotateReadable)].filter((id) =>
    [...stoodOn(departure, id)].some((credential) => irreplaceable.has(credential)),
  );
  return new Map(inOrder([...first, ...late]).map((id) => [id, first.has(id) ? 'FIRST' : 'LAST']));
}
