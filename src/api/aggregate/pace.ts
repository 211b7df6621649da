import { setTimeout as sleep } from 'node:timers/promises';
import { giveWay, TimeSlice } from '../../async/time-slice.js';

/** The longest that requests wait for work in the background, in milliseconds. */
const SLICE = 5;

/** Gives way to requests: work that calls it regularly takes half of the time, or all of it while a caller waits. */
export class Pace {
  private readonly slice = new TimeSlice(SLICE);

  /**
   * @param hurried whether a caller waits for the result
   * @param signal aborted when the result is not wanted any more
   */
  constructor(
    private readonly hurried: () => boolean,
    private readonly signal: AbortSignal,
  ) {}

  /** Whether it is time for a {@link rest}. */
  get due(): boolean {
    return this.slice.isOver;
  }

  /** @throws the reason with which the signal was aborted */
  async rest(): Promise<void> {
    this.signal.throwIfAborted();
    await (this.hurried() ? giveWay() : sleep(SLICE, undefined, { ref: false }));
    this.signal.throwIfAborted();
    this.slice.begin();
  }
}
