import { setTimeout as sleep } from 'node:timers/promises';
import { giveWay, TimeSlice } from '../../async/time-slice.js';

/** The longest that requests wait for work in the background, in milliseconds. */
const SLICE = 5;

/**
 * Lets requests in between pieces of background work. The work rests as long as it worked; while a caller waits for its
 * result, it only yields to other requests.
 */
export class Pace {
  private readonly slice = new TimeSlice(SLICE);

  /**
   * @param isAwaited whether a caller waits for the result
   * @param signal aborted when the result is not wanted any more
   */
  constructor(
    private readonly isAwaited: () => boolean,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether it is time for a {@link rest}. */
  get due(): boolean {
    return this.slice.isOver;
  }

  /** @throws the reason with which the signal was aborted */
  async rest(): Promise<void> {
    this.signal.throwIfAborted();
    await (this.isAwaited() ? giveWay() : sleep(SLICE, undefined, { ref: false }));
    this.signal.throwIfAborted();
    this.slice.begin();
  }
}
