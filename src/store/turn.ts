/** Somebody who waits for their turn. */
interface Waiting {
  go(): void;
  refuse(error: unknown): void;
}

/** Whose turn it is to write, among the drafts of one process: first come, first served. */
export class Turn {
  private held = false;
  private readonly waiting: Waiting[] = [];

  /**
   * Waits until `deadline` (of `performance.now()`) at the latest; false: it is still somebody else's turn.
   *
   * @throws what {@link refuse} was told
   */
  async take(deadline: number): Promise<boolean> {
    if (!this.held) {
      this.held = true;
      return true;
    }
    return new Promise((resolve, reject) => {
      const mine: Waiting = {
        go() {
          clearTimeout(timer);
          resolve(true);
        },
        refuse(error) {
          clearTimeout(timer);
          reject(error);
        },
      };
      const timer = setTimeout(
        () => {
          this.waiting.splice(this.waiting.indexOf(mine), 1);
          resolve(false);
        },
        Math.max(0, deadline - performance.now()),
      );
      this.waiting.push(mine);
    });
  }

  /** Ends the turn and the waiting of all: what kept this one from its work would keep each of them from theirs. */
  refuse(error: unknown): void {
    this.held = false;
    for (const { refuse } of this.waiting.splice(0)) refuse(error);
  }

  /** Hands the turn to whoever has waited longest. */
  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.held = false;
    else next.go();
  }
}
