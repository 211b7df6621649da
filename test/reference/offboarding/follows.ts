import { continuity } from '../continuity.js';
import { inOrder } from '../order.js';
import { workloadsOf } from '../stopped.js';
import { aftermathOfStopping, directCausesOf } from './aftermath.js';
import type { Departure } from './departure.js';
import { hangsOn } from './stands-on.js';

/**
 * The workloads of `C(h)` that take no decision, each with the workloads, and what hangs on the person, that it
 * breaks because of, directly (semantics, section 4: they follow these).
 */
export function followersOf(
  departure: Departure,
  decided: ReadonlySet<string>,
): ReadonlyMap<string, readonly string[]> {
  const { graph, humans, held } = departure;
  const aftermath = aftermathOfStopping(departure, { also: held, gone: humans });
  const workloads = workloadsOf(graph);
  const following = [...continuity(graph, [...humans]).workloads].filter((id) => !decided.has(id));
  return new Map(
    inOrder(following).map((id) => {
      const causes = directCausesOf(departure, aftermath, id);
      return [id, inOrder(causes.filter((cause) => workloads.includes(cause) || hangsOn(departure, cause)))];
    }),
  );
}
