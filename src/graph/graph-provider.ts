import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';
import type { GraphState, WholeView } from './graph-state.js';

/** Gives states of the graph to query. A state never changes: a later revision is another state. */
export interface GraphProvider {
  /**
   * The newest state. Its revision is at least the store's head at the moment of the call, whichever process wrote
   * that.
   *
   * @param now the moment at which expiry is judged.
   * @throws STALE_READ when `atLeast` is not reached in time.
   */
  current(now: Millis, atLeast?: Revision): Promise<GraphState>;

  /**
   * The state recorded at `at`, with expiry judged at that moment too (semantics, section 6). Past states are loaded
   * one at a time, so that queries of the present are answered meanwhile.
   *
   * @param guard throws when the caller no longer wants the state; loading ends when no caller wants it
   */
  asOf(at: Millis, guard?: () => void): Promise<GraphState>;
}

/** Gives states that are in memory whole. */
export interface WholeGraphProvider extends GraphProvider {
  current(now: Millis, atLeast?: Revision): Promise<WholeView>;
  asOf(at: Millis, guard?: () => void): Promise<WholeView>;
}
