import type { EntityNumber, GraphView } from '../view.js';
import { Accountability, mustBeAnsweredFor } from './accountability.js';

/**
 * Live things that nobody live answers for, in order of number; undefined for each other entity, so that the caller
 * can let others go first in between. Linear in the graph.
 */
export function* unownedEntities(view: GraphView): Generator<EntityNumber | undefined> {
  const answering = new Accountability(view);
  for (let entity = 1; entity < view.size; entity += 1) {
    yield mustBeAnsweredFor(view, entity) && !answering.isAnsweredFor(entity) ? entity : undefined;
  }
}
