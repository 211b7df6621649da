import { isLive } from '../live.js';
import { open } from '../plain-graph.js';
import type { Departure } from './departure.js';

/**
 * What goes to the successor with `sustains` (semantics, section 4): every live thing that the person or an
 * unshared account of theirs OWNS so.
 *
 * @param ends whether the plan ends it: what it ends goes to nobody
 */
export function handedOver(
  { graph, humans, unshared }: Departure,
  ends: (id: string) => boolean,
): ReadonlySet<string> {
  const owned = open(graph, 'OWNS')
    .filter(({ from, sustains }) => sustains && (humans.has(from) || unshared.has(from)))
    .map(({ to }) => to);
  return new Set(owned.filter((id) => isLive(graph, id) && !unshared.has(id) && !ends(id)));
}
