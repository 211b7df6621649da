import type { GraphProvider } from '../graph/graph-provider.js';
import type { Clock, ClockKind } from '../model/clock.js';
import type { Millis } from '../model/time.js';
import type { Actuators } from '../sources/actuator.js';
import type { Store } from '../store/store.js';
import type { CheckedPolicy } from './policy/read-policy.js';

/** What every use case of cases works with: store, graph, clock, policy and ways to act on sources. */
export interface CaseContext {
  readonly store: Store;
  readonly graphs: GraphProvider;
  readonly clock: Clock;
  /** What kind of clock that is: a case of another kind is left alone. */
  readonly clockKind: ClockKind;
  readonly policy: CheckedPolicy;
  readonly actuators: Actuators;
  /** How long after its last sync a source is stale, in milliseconds. */
  readonly staleAfter: Millis;
  /** Names this instance in leases; made when it starts. */
  readonly instance: string;
}
