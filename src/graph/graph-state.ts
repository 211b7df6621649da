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
  /** The whole state, where it is in memory; null where data is read as queries need it. */
  readonly whole: WholeView | null;
  /** A sentence that says what {@link queryInPart} has left out so far, why, and how to go on; null: nothing. */
  readonly leftOut: string | null;

  /**
   * The complete answer.
   *
   * @throws LIMIT_EXCEEDED where the query needs more data than may be read for one answer
   */
  query<T>(query: GraphQuery<T>, guard?: Guard): Promise<T>;

  /**
   * The answer. Where the query needs more data than may be read, it is the answer from the data that was read, and
   * {@link leftOut} says so.
   */
  queryInPart<T>(query: GraphQuery<T>, guard?: Guard): Promise<T>;
}

/** A state that is in memory whole. It is also the view on which its queries are computed. */
export interface WholeView extends GraphView, GraphState {
  readonly whole: WholeView;
  /** The same object for two states exactly where they have the same entities and relationships. */
  readonly content: object;
}
