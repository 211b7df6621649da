import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';
import type { GraphView } from './view.js';

/**
 * A query of the graph: a function that is computed at once, from nothing but the view. It may be computed more
 * than once, on views with more of the graph each time; what it caches it must cache by view.
 */
export type GraphQuery<T> = (view: GraphView) => T;

/** Throws when the caller no longer wants the answer. */
export type Guard = () => void;

/** One state of the graph at one moment, which answers queries: in memory, or from the store. */
export interface GraphState {
  readonly revision: Revision;
  /** The moment at which expiry is judged. */
  readonly now: Millis;
  /** The whole state, where it is in memory; null where it is read as it is needed. */
  readonly whole: WholeView | null;
  /** What {@link queryInPart} has left out so far, why, and how to go on; null: nothing. */
  readonly leftOut: string | null;

  /**
   * The answer, from all that it needs.
   *
   * @throws LIMIT_EXCEEDED where it needs more than may be read for one answer
   */
  query<T>(question: GraphQuery<T>, guard?: Guard): Promise<T>;

  /** The answer; where it needs more than may be read, the answer from what was read, and {@link leftOut} says so. */
  queryInPart<T>(question: GraphQuery<T>, guard?: Guard): Promise<T>;
}

/** A state that is in memory whole: its view, which answers its own queries. */
export interface WholeView extends GraphView, GraphState {
  readonly whole: WholeView;
  /** The same object exactly where two states have the same entities and relationships. */
  readonly content: object;
}
