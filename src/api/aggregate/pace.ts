import { setTimeout as sleep } from 'node:timers/promises';
import { giveWay, TimeSlice } from '../../async/time-slice.js';

/** How long others wait at most while something is worked out in the background, in milliseconds. */
const SLICE = 5;

/** Lets requests go first: work that asks it again and again takes half of the time, or, while somebody waits, all. */
export class Pace {
  private readonly slice = new TimeSlice(SLICE);

  /**
   * @param hurried whether somebody waits for what is worked out
   * @param signal aborted when nobody wants it any more
   */
  constructor(
    private readonly hurried: () => boolean,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether it is time for a {@link rest}. */
  get due(): boolean {
    return this.slice.isOver;
  }

  /** @throws what the signal was aborted with */
  async rest(): Promise<void> {
    this.signal.throwIfAborted();
    await (this.hurried() ? giveWay() : sleep(SLICE, undefined, { ref: false }));
    this.signal.throwIfAborted();
    this.slice.begin();
  }
}
