import { unowned } from '../../graph/ownership.js';
import type { GraphView } from '../../graph/view.js';
import type { Services } from '../services.js';

/** Live things that nobody live answers for, in order of id; found once a state. */
export function unownedAt(view: GraphView, services: Services): readonly number[] {
  return services.unowned.get(view.revision, () => unowned(view));
}
