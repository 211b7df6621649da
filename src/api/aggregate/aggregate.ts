import type { WholeView } from '../../graph/graph-state.js';
import type { StoppingWorkload } from '../../graph/radii/broken-workloads.js';
import type { ExposureSummary } from '../../graph/radii/exposure-summary.js';
import type { Millis } from '../../model/time.js';
import type { StatusCount, Tally } from './tallies.js';

/** The numbers and lists about all people and entities that dashboards ask for, computed from one state. */
export interface Aggregate {
  readonly view: WholeView;
  /** When the next token expires: until then the aggregate stays valid while the graph stays the same. */
  readonly until: Millis;
  /** All people whose exposure is not empty, the largest exposure first. */
  readonly ranking: readonly ExposureSummary[];
  /** Those of them who have left. */
  readonly lingering: readonly ExposureSummary[];
  /** Live entities that no live person answers for, in order of id. */
  readonly unowned: readonly number[];
  /** Live accounts that no human has, in order of id. */
  readonly unlinked: readonly number[];
  /** Live workloads that do not work, and those that will not because something expires; in order of `byTime`. */
  readonly broken: readonly StoppingWorkload[];
  /** The number of entities of each kind, in the order of `KINDS`. */
  readonly tallies: readonly Tally[];
  /** Entities by status, in the order of the enum; only statuses that occur. */
  readonly statuses: readonly StatusCount[];
}

/** Whether an aggregate is valid for a state: one computed from that state would be equal. */
export function isAggregateOf(aggregate: Aggregate, view: WholeView): boolean {
  // The same tokens are live at two times exactly if the next expiry after both is the same.
  return aggregate.view.content === view.content && aggregate.until === view.nextExpiryAfter(view.now);
}
