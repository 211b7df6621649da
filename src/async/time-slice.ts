import { setImmediate } from 'node:timers/promises';

/** Gives way: everything else that waits for the event loop runs once. */
export function giveWay(): Promise<void> {
  return setImmediate();
}

/** How long a piece of work may hold the event loop, in milliseconds, where its caller names no other time. */
const DEFAULT_SLICE = 8;

/** Measures for how long a piece of work has held the event loop, so that it gives way often enough and not too often. */
export class TimeSlice {
  private since = performance.now();

  /** @param millis the longest time between two turns of the rest of the process */
  constructor(private readonly millis = DEFAULT_SLICE) {}

  /** Whether the work has used its slice, and should give way. */
  get isOver(): boolean {
    return performance.now() - this.since >= this.millis;
  }

  /** Gives way once, and begins the next slice. */
  async giveWay(): Promise<void> {
    await giveWay();
    this.begin();
  }

  /** Begins the next slice, after the work has waited for something else. */
  begin(): void {
    this.since = performance.now();
  }
}
