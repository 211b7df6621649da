import type { Logger } from 'pino';
import type { Follower } from '../../graph/follower/follower.js';
import type { GraphProvider } from '../../graph/graph-provider.js';
import type { PostCaseMonitor } from '../../import/index.js';
import type { Clock } from '../../model/clock.js';
import type { Millis } from '../../model/time.js';
import type { CaseContext } from '../../offboarding/case-context.js';
import type { CaseRunner } from '../../offboarding/execute/case-runner.js';
import type { CheckedPolicy } from '../../offboarding/policy/read-policy.js';
import type { CallBacks } from '../../sources/actuator.js';
import type { Store } from '../../store/store.js';
import type { Aggregates } from '../aggregate/aggregates.js';
import type { Limits } from '../limits/limits.js';
import type { LiveReads } from '../live/live-reads.js';
import type { Tracing } from '../tracing/tracing.js';
import type { RevisionCache } from './revision-cache.js';

/** The services of the whole API, made once per process. */
export interface Services {
  readonly store: Store;
  readonly graphs: GraphProvider;
  /** Keeps `graphs` current while the service runs, and reports when the head has moved. */
  readonly follower: Follower;
  readonly clock: Clock;
  readonly log: Logger;
  readonly tracing: Tracing;
  readonly limits: Limits;
  /** How long after its last sync a source is stale, in milliseconds. */
  readonly staleAfter: Millis;
  /** How long before something expires it is told that a workload stops by it, in milliseconds. */
  readonly warnBefore: Millis;
  readonly policy: CheckedPolicy;
  /** The services of the use cases of offboarding. */
  readonly caseContext: CaseContext;
  /** Executes cases while the service runs; a nudge makes it look for work at once. */
  readonly runner: Pick<CaseRunner, 'nudge'>;
  /** Takes the call-backs of sources about orders that they had accepted. */
  readonly callBacks: CallBacks;
  /** Handles what imports report again after a case ended it. */
  readonly postCaseMonitor: PostCaseMonitor;
  /** The reads of subscriptions, shared by all subscribers. */
  readonly live: LiveReads;
  /** The aggregates for dashboards, computed in the background. */
  readonly aggregates: Aggregates;
  /** The number of entities of each source, by source number, for the states that were used last. */
  readonly entitiesBySource: RevisionCache<ReadonlyMap<number, number>>;
}
