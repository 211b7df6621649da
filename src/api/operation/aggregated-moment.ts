import type { Digest } from '../aggregate/aggregate.js';
import type { Moment } from './moment.js';

/** What a field about everybody answers from. */
export interface Digested {
  /** The state that the digest speaks of; without one, that of the operation. */
  readonly moment: Moment;
  /** Null where the graph is in the store: there each answer is worked out when it is asked for. */
  readonly digest: Digest | null;
}
