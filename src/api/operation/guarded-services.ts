import type { GraphProvider } from '../../graph/graph-provider.js';
import type { GraphQuery, GraphState } from '../../graph/graph-state.js';
import type { Revision } from '../../model/revision.js';
import type { Millis } from '../../model/time.js';
import type { Services } from './services.js';

/** Somebody who may stop waiting: their time is over, or they have gone. */
export interface Waiting {
  /** Throws once nobody waits any more. */
  readonly guard: () => void;

  /**
   * Begins some work, unless nobody waits any more, and waits for it no longer than somebody does.
   *
   * @throws what {@link guard} throws, also while the work goes on
   */
  within<T>(work: () => T): T;
}

/**
 * The same services, for reading on somebody's behalf: whatever is asked of the store or of the graph is asked only
 * while they wait, and waited for no longer. What all share, such as the newest state, is not stopped by one of them.
 */
export function guardedServices(services: Services, waiting: Waiting): Services {
  const store = guardedCalls(services.store, waiting);
  const graphs = new GuardedGraphProvider(services.graphs, waiting);
  return { ...services, store, graphs, caseContext: { ...services.caseContext, store, graphs } };
}

/** Every call of an object, and of what it has, within somebody's time. */
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
