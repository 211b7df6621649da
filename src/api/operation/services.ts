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

/** What the whole API works with, made once. */
export interface Services {
  readonly store: Store;
  readonly graphs: GraphProvider;
  /** Keeps `graphs` current while the service runs, and tells when the head has moved. */
  readonly follower: Follower;
  readonly clock: Clock;
  readonly log: Logger;
  readonly tracing: Tracing;
  readonly limits: Limits;
  /** When a source that has not synced is stale, in milliseconds. */
  readonly staleAfter: Millis;
  readonly policy: CheckedPolicy;
  /** What everything that happens to a case works with. */
  readonly caseContext: CaseContext;
  /** Carries cases out while the service runs; it may be told that there is something new to do. */
  readonly runner: Pick<CaseRunner, 'nudge'>;
  /** Hears what sources say later of what they had begun. */
  readonly callBacks: CallBacks;
  /** Sees to what imports find of what cases have ended. */
  readonly postCaseMonitor: PostCaseMonitor;
  /** What subscribers are told, read once for all of them. */
  readonly live: LiveReads;
  /** What dashboards ask about everybody, worked out in the background. */
  readonly aggregates: Aggregates;
  /** Entities of each source, by source number, at the last states asked about. */
  readonly entitiesBySource: RevisionCache<ReadonlyMap<number, number>>;
}
