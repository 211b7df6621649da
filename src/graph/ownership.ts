import { Answering, mustBeAnsweredFor } from './answering.js';
import type { EntityNumber, GraphView } from './view.js';

/** Live things that nobody live answers for, in order of id. Linear in the graph. */
export function unowned(view: GraphView): EntityNumber[] {
  const answering = new Answering(view);
  const found: EntityNumber[] = [];
  for (let entity = 1; entity < view.size; entity += 1) {
    if (mustBeAnsweredFor(view, entity) && !answering.for(entity)) found.push(entity);
  }
  return found.sort((a, b) => view.compare(a, b));
}
