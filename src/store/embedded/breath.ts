/** How long, in milliseconds, work may hold the process before others get their turn. */
const SLICE = 8;

/** Lets the rest of the process go on while a long piece of work runs. */
export class Breath {
  private since = performance.now();

  /** Whether this piece of work has had its slice. */
  get due(): boolean {
    return performance.now() - this.since > SLICE;
  }

  /** Gives way once. */
  async take(): Promise<void> {
    await new Promise<void>((resolve) => setImmediate(resolve));
    this.since = performance.now();
  }
}
