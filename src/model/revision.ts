import type { Millis } from './time.js';

/** Number of a commit: 1 is the first, 0 the empty store. A revision names one state of the graph. */
export type Revision = number;

/** A revision and the time at which it was recorded. */
export interface Head {
  readonly revision: Revision;
  /** Never earlier than that of the revision before. 0 for the empty store. */
  readonly at: Millis;
}
