import type { GraphProvider } from '../graph/graph-provider.js';
import type { Clock } from '../model/clock.js';
import type { Millis } from '../model/time.js';
import type { Actuators } from '../sources/actuator.js';
import type { Store } from '../store/store.js';
import type { CheckedPolicy } from './policy/read-policy.js';

/** What every use case of cases works with: store, graph, clock, policy and ways to act on sources. */
export interface CaseContext {
  readonly store: Store;
  readonly graphs: GraphProvider;
  readonly clock: Clock;
  readonly policy: CheckedPolicy;
  readonly actuators: Actuators;
  /** How long after its last snapshot a source is stale. */
  readonly staleAfter: Millis;
  /** Names this instance in leases; made when it starts. */
  readonly instance: string;
}
