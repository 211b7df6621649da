import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';
import type { GraphState, WholeView } from './graph-state.js';

/** Where states come from to ask questions of. One never changes: a later state is another one. */
export interface GraphProvider {
  /**
   * The newest state: at least the store's head at the moment of the call (whichever process wrote it).
   *
   * @param now the moment at which expiry is judged.
   * @throws STALE_READ when `atLeast` is not reached in time.
   */
  current(now: Millis, atLeast?: Revision): Promise<GraphState>;

  /**
   * The state recorded at `at`, with expiry judged at that moment too (semantics, section 6). Past states are
   * loaded one at a time, so that present questions get their turn meanwhile.
   *
   * @param guard throws when the caller no longer wants it; loading ends when nobody does
   */
  asOf(at: Millis, guard?: () => void): Promise<GraphState>;
}

/** Graphs that are in memory whole. */
export interface WholeGraphProvider extends GraphProvider {
  current(now: Millis, atLeast?: Revision): Promise<WholeView>;
  asOf(at: Millis, guard?: () => void): Promise<WholeView>;
}
