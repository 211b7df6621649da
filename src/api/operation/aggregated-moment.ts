import type { Aggregate } from '../aggregate/aggregate.js';
import type { Moment } from './moment.js';

/** What a field about everybody answers from. */
export interface AggregatedMoment {
  /** The state that the aggregate speaks of; without one, that of the operation. */
  readonly moment: Moment;
  /** Null where the graph is in the store: there each answer is worked out when it is asked for. */
  readonly aggregate: Aggregate | null;
}
