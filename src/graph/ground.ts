import type { Revision } from '../model/revision.js';
import type { Millis } from '../model/time.js';
import type { GraphView } from './view.js';

/**
 * What somebody wants to know of a view: computed at once and from nothing but the view. It may be computed more
 * than once, on views that know more each time, and what it keeps for later it must keep by the view.
 */
export type Question<T> = (view: GraphView) => T;

/** Throws when the caller no longer wants the answer. */
export type Guard = () => void;

/** One state of the graph at one moment, as a place where questions are answered: in memory, or in the store. */
export interface Ground {
  readonly revision: Revision;
  /** The moment at which expiry is judged. */
  readonly now: Millis;
  /** The whole state, where it is in memory; null where it is read as it is needed. */
  readonly whole: WholeView | null;
  /** What {@link askInPart} has left out so far, why, and how to go on; null: nothing. */
  readonly leftOut: string | null;

  /**
   * The answer, from all that it needs.
   *
   * @throws LIMIT_EXCEEDED where it needs more than may be read for one answer
   */
  ask<T>(question: Question<T>, guard?: Guard): Promise<T>;

  /** The answer, and where it needs more than may be read, that of what was read: {@link leftOut} says so then. */
  askInPart<T>(question: Question<T>, guard?: Guard): Promise<T>;
}

/** A state that is in memory whole: its view, and the ground that answers from it. */
export interface WholeView extends GraphView, Ground {
  readonly whole: WholeView;
  /** The same object exactly where two states have the same entities and relationships. */
  readonly content: object;
}
