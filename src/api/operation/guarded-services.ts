import type { GraphProvider } from '../../graph/graph-provider.js';
import type { GraphQuery, GraphState } from '../../graph/graph-state.js';
import type { Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';
import type { Services } from './services.js';

/** A caller that may stop waiting, because the time is over or the connection has closed. */
export interface Waiting {
  /** Throws when the caller has stopped waiting. */
  readonly guard: () => void;

  /**
   * Begins some work unless the caller has stopped waiting, and waits for it only as long as the caller does.
   *
   * @throws the error of {@link guard}, also while the work is still running
   */
  within<T>(work: () => T): T;
}

/**
 * The same services for the reads of one caller: calls of the store and of the graph begin only while the caller waits,
 * and are abandoned when it stops. Work that callers share, such as loading the newest state, goes on.
 */
export function guardedServices(services: Services, waiting: Waiting): Services {
  const store = guardedCalls(services.store, waiting);
  const graphs = new GuardedGraphProvider(services.graphs, waiting);
  return { ...services, store, graphs, caseContext: { ...services.caseContext, store, graphs } };
}

/** The same object, with every call of it and of its parts limited to the caller's time. */
function guardedCalls<T extends object>(target: T, waiting: Waiting): T {
  return new Proxy(target, {
    get(_target, name) {
      const value: unknown = Reflect.get(target, name, target);
      if (typeof value === 'function') {
        return (...args: unknown[]) => waiting.within(() => value.apply(target, args) as unknown);
      }
      return typeof value === 'object' && value !== null ? guardedCalls(value, waiting) : value;
    },
  });
}

class GuardedGraphProvider implements GraphProvider {
  constructor(
    private readonly graphs: GraphProvider,
    private readonly waiting: Waiting,
  ) {}

  async current(now: Millis, atLeast?: Revision): Promise<GraphState> {
    const { graphs, waiting } = this;
    return new GuardedGraphState(await waiting.within(() => graphs.current(now, atLeast)), waiting);
  }

  async asOf(at: Millis): Promise<GraphState> {
    const { graphs, waiting } = this;
    return new GuardedGraphState(await waiting.within(() => graphs.asOf(at, waiting.guard)), waiting);
  }
}

class GuardedGraphState implements GraphState {
  readonly revision: Revision;
  readonly now: Millis;
  readonly whole: GraphState['whole'];

  constructor(
    private readonly graphState: GraphState,
    private readonly waiting: Waiting,
  ) {
    this.revision = graphState.revision;
    this.now = graphState.now;
    this.whole = graphState.whole;
  }

  get leftOut(): string | null {
    return this.graphState.leftOut;
  }

  query<T>(question: GraphQuery<T>): Promise<T> {
    return this.waiting.within(() => this.graphState.query(question, this.waiting.guard));
  }

  queryInPart<T>(question: GraphQuery<T>): Promise<T> {
    return this.waiting.within(() => this.graphState.queryInPart(question, this.waiting.guard));
  }
}
