import type { WholeView } from '../../graph/graph-state.js';
import type { ExposureSummary } from '../../graph/radii/exposure-summary.js';
import type { Millis } from '../../model/time.js';
import type { StatusCount, Tally } from './tallies.js';

/** What dashboards ask about everybody and everything, worked out of one state. */
export interface Aggregate {
  readonly view: WholeView;
  /** When the next token expires: until then the passing of time changes nothing of it. */
  readonly until: Millis;
  /** Everybody whose exposure is not empty, who is exposed most first. */
  readonly ranking: readonly ExposureSummary[];
  /** Those of them who left. */
  readonly lingering: readonly ExposureSummary[];
  /** Live things that nobody live answers for, in order of id. */
  readonly unowned: readonly number[];
  /** What there is of each kind, in the order of `KINDS`. */
  readonly tallies: readonly Tally[];
  /** Entities by status, in the order of the enum; only statuses that occur. */
  readonly statuses: readonly StatusCount[];
}

/** Whether an aggregate says of a state what one worked out of it would. */
export function isAggregateOf(aggregate: Aggregate, view: WholeView): boolean {
  // Two moments see the same tokens alive exactly if the same expiry comes next.
  return aggregate.view.content === view.content && aggregate.until === view.nextExpiryAfter(view.now);
}
