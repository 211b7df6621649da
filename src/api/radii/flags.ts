import type { GraphView } from '../../graph/view.js';
import { SENSITIVITIES, type Sensitivity } from '../../model/properties.js';
import { ENTITY_FLAGS } from '../../model/rows.js';

/** How sensitive a resource is rated, 0 (LOW) to 3 (CRITICAL); -1 where it is unknown or not a resource. */
export function sensitivityRank(view: GraphView, entity: number): number {
  const flags = view.flagsOf(entity);
  return (flags & ENTITY_FLAGS.rated) === 0 ? -1 : (flags >> ENTITY_FLAGS.sensitivityShift) & 3;
}

/** The rating as a word; undefined where there is none. */
export function sensitivityOf(view: GraphView, entity: number): Sensitivity | undefined {
  return SENSITIVITIES[sensitivityRank(view, entity)];
}
