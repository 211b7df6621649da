/** Whose turn it is to write, among the drafts of one process: first come, first served. */
export class Turn {
  private held = false;
  private readonly waiting: (() => void)[] = [];

  /** Waits until `deadline` (of `performance.now()`) at the latest; false: it is still somebody else's turn. */
  async take(deadline: number): Promise<boolean> {
    if (!this.held) {
      this.held = true;
      return true;
    }
    return new Promise((resolve) => {
      const mine = () => {
        clearTimeout(timer);
        resolve(true);
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

  /** Hands the turn to whoever has waited longest. */
  release(): void {
    const next = this.waiting.shift();
    if (next === undefined) this.held = false;
    else next();
  }
}
