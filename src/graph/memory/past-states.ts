import { LRUCache } from 'lru-cache';
import { giveWay } from '../../async/time-slice.js';
import type { Revision } from '../../model/revision.js';
import type { GraphRows } from '../../model/rows.js';
import { MemoryIndex } from './memory-index.js';

/** How many past states stay in memory: a dashboard asks about the same moment several times. */
const KEPT = 2;

/** A past state and the callers that wait for it. */
interface PastState {
  readonly state: Promise<MemoryIndex>;
  loaded: boolean;
  /** While the state loads, one for each caller: it throws when that caller no longer wants the state. */
  readonly guards: (() => void)[];
}

/**
 * Past states of a store, loaded when they are needed. One is loaded at a time: reading a whole graph takes much time
 * and memory, and queries of the present have to be answered meanwhile.
 */
export class PastStates {
  private readonly states = new LRUCache<Revision, PastState>({ max: KEPT });
  /** Settles when the load before has ended, with or without an error. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly scan: (until: Revision) => AsyncIterable<GraphRows>) {}

  /**
   * The state of a revision.
   *
   * @param guard throws when the caller no longer wants it
   */
  get(revision: Revision, guard: () => void): Promise<MemoryIndex> {
    let past = this.states.get(revision);
    if (past === undefined) past = this.load(revision, [guard]);
    else if (!past.loaded) past.guards.push(guard);
    this.states.set(revision, past);
    return past.state;
  }

  private load(revision: Revision, guards: (() => void)[]): PastState {
    const state = this.turn.then(() => {
      checkWanted(guards);
      return MemoryIndex.load(revision, watched(this.scan(revision), guards), giveWay);
    });
    const past: PastState = { state, loaded: false, guards };
    this.turn = state.then(
      () => {
        // All callers have the state, so their guards are no longer needed.
        past.loaded = true;
        guards.length = 0;
      },
      () => {
        if (this.states.peek(revision) === past) this.states.delete(revision);
      },
    );
    return past;
  }
}

/** Gives way between batches. Ends with the error of a guard when no caller waits any more. */
async function* watched(
  batches: AsyncIterable<GraphRows>,
  guards: readonly (() => void)[],
): AsyncGenerator<GraphRows> {
  for await (const batch of batches) {
    yield batch;
    await giveWay();
    checkWanted(guards);
  }
}

/** @throws the error of the last guard, where every guard throws */
function checkWanted(guards: readonly (() => void)[]): void {
  let refused: unknown;
  for (const guard of guards) {
    try {
      guard();
      return;
    } catch (error) {
      refused = error;
    }
  }
  throw refused;
}
