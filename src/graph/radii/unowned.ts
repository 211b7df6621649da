import type { EntityNumber, GraphView } from '../view.js';
import { Accountability, mustBeAnsweredFor } from './accountability.js';

/**
 * The live things for which nobody answers, in order of entity number. It yields undefined for each other entity, so
 * that the caller can give way in between. The cost is linear in the graph.
 */
export function* unownedEntities(view: GraphView): Generator<EntityNumber | undefined> {
  const answering = new Accountability(view);
  for (let entity = 1; entity < view.size; entity += 1) {
    yield mustBeAnsweredFor(view, entity) && !answering.isAnsweredFor(entity) ? entity : undefined;
  }
}
