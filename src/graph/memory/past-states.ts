import { LRUCache } from 'lru-cache';
import { giveWay } from '../../async/time-slice.js';
import type { Revision } from '../../model/revision.js';
import type { GraphRows } from '../../model/rows.js';
import { MemoryIndex } from './memory-index.js';

/** How many past states stay in memory: a dashboard that asks about one moment asks again. */
const KEPT = 2;

/** A past state and whoever waits for it. */
interface Wanted {
  readonly state: Promise<MemoryIndex>;
  loaded: boolean;
  /** While it loads: each throws when its caller no longer wants the state. */
  readonly guards: (() => void)[];
}

/**
 * Past states of a store, loaded when somebody asks. One is loaded at a time: a whole graph is much to read and
 * to hold, and whoever asks for the present has to get their turn.
 */
export class PastStates {
  private readonly wanted = new LRUCache<Revision, Wanted>({ max: KEPT });
  /** Settles when the load before is over, well or not. */
  private turn: Promise<unknown> = Promise.resolve();

  constructor(private readonly scan: (until: Revision) => AsyncIterable<GraphRows>) {}

  /** @param guard throws when the caller no longer wants it */
  get(revision: Revision, guard: () => void): Promise<MemoryIndex> {
    let wanted = this.wanted.get(revision);
    if (wanted === undefined) wanted = this.load(revision, [guard]);
    else if (!wanted.loaded) wanted.guards.push(guard);
    this.wanted.set(revision, wanted);
    return wanted.state;
  }

  private load(revision: Revision, guards: (() => void)[]): Wanted {
    const state = this.turn.then(() => {
      checkWanted(guards);
      return MemoryIndex.load(revision, watched(this.scan(revision), guards), giveWay);
    });
    const wanted: Wanted = { state, loaded: false, guards };
    this.turn = state.then(
      () => {
        // Whoever waited has it; their operations need not be remembered.
        wanted.loaded = true;
        guards.length = 0;
      },
      () => {
        if (this.wanted.peek(revision) === wanted) this.wanted.delete(revision);
      },
    );
    return wanted;
  }
}

/** Gives way between batches, and ends with what a guard threw when nobody waits any more. */
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

/** @throws what the last guard threw, where all of them do */
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
