import { exposure } from './exposure.js';
import { inOrder } from './order.js';
import { entityOf, kindOf, type PlainGraph } from './plain-graph.js';

/** Every human, those who LEFT too, whose exposure holds the entity, with level and distance on it. */
export function whoCanReach(
  graph: PlainGraph,
  entity: string,
): ReadonlyMap<string, { readonly level: number; readonly distance: number }> {
  const all = new Map<string, { level: number; distance: number }>();
  for (const human of humansOf(graph)) {
    const reach = exposure(graph, human).find(({ id }) => id === entity);
    if (reach) all.set(human, { level: reach.level, distance: reach.distance });
  }
  return all;
}

/** People who LEFT and can still reach something. */
export function lingering(graph: PlainGraph): ReadonlySet<string> {
  const left = humansOf(graph).filter((human) => entityOf(graph, human).status === 'LEFT');
  return new Set(left.filter((human) => exposure(graph, human).length > 0));
}

export function humansOf(graph: PlainGraph): readonly string[] {
  return inOrder([...graph.entities.keys()].filter((id) => kindOf(graph, id) === 'Human'));
}
