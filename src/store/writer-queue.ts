/** A draft that waits to be opened. */
interface Waiter {
  proceed(): void;
  reject(error: unknown): void;
}

/** The drafts that one process wants to open on a store: one at a time, in the order in which they ask. */
export class WriterQueue {
  private held = false;
  private readonly waiters: Waiter[] = [];

  /**
   * Waits until no other draft of this process is open.
   *
   * @param deadline the end of the waiting, on the clock of `performance.now()`
   * @returns false where another draft is still open at the deadline
   * @throws the error given to {@link rejectAll}
   */
  async acquire(deadline: number): Promise<boolean> {
    if (!this.held) {
      this.held = true;
      return true;
    }
    return new Promise((resolve, reject) => {
      const waiter: Waiter = {
        proceed() {
          clearTimeout(timer);
          resolve(true);
        },
        reject(error) {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(
        () => {
          this.waiters.splice(this.waiters.indexOf(waiter), 1);
          resolve(false);
        },
        Math.max(0, deadline - performance.now()),
      );
      this.waiters.push(waiter);
    });
  }

  /** Releases, and rejects everything that waits: what failed for one draft would fail for each of the others. */
  rejectAll(error: unknown): void {
    this.held = false;
    for (const { reject } of this.waiters.splice(0)) reject(error);
  }

  /** Lets the draft that has waited longest proceed. */
  release(): void {
    const next = this.waiters.shift();
    if (next === undefined) this.held = false;
    else next.proceed();
  }
}
