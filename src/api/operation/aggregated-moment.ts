import type { Aggregate } from '../aggregate/aggregate.js';
import type { Moment } from './moment.js';

/** What fields about all people or entities answer from. */
export interface AggregatedMoment {
  /** The state of the aggregate; without an aggregate, the state of the operation. */
  readonly moment: Moment;
  /** null where the graph is in the store: there each answer is computed when it is asked for. */
  readonly aggregate: Aggregate | null;
}
