import type { LazyRadii } from '../../graph/radii/radii.js';
import type { GraphView } from '../../graph/view.js';
import type { Entity } from '../entity/entity.js';

/** The radii that an answer is made of, computed once for each view. */
export interface RadiiAsked {
  /** The human or account, or several humans, in order of id. */
  readonly starts: readonly Entity[];
  /** The radii of all of them as one person. */
  radii(view: GraphView): LazyRadii;
  /** Where several were asked about, the radii of each alone; else none. */
  alone(view: GraphView): readonly LazyRadii[];
}
