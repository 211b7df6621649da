import { type LimitName, type Limits, overLimit } from '../api/limits.js';

/** A limit on how much each subject has open at one time. */
export class ConcurrencyLimit {
  private readonly open = new Map<string, number>();
  private all = 0;

  /**
   * @param limit the limit on what one subject has open
   * @param advice what the error tells the caller to do
   */
  constructor(
    private readonly limit: LimitName,
    private readonly limits: Limits,
    private readonly advice: string,
  ) {}

  /** What all subjects together have open. */
  get total(): number {
    return this.all;
  }

  /**
   * Counts something that a subject opens.
   *
   * @param size how much it counts for
   * @returns a function that takes it off the count; a second call does nothing
   * @throws LIMIT_EXCEEDED where the subject would have more open than the limit
   */
  acquire(subject: string, size = 1): () => void {
    const open = this.open.get(subject) ?? 0;
    if (open + size > this.limits[this.limit]) throw overLimit(this.limit, this.limits, this.advice);
    this.open.set(subject, open + size);
    this.all += size;
    let held = true;
    return () => {
      if (!held) return;
      held = false;
      this.all -= size;
      const left = (this.open.get(subject) ?? size) - size;
      if (left > 0) this.open.set(subject, left);
      else this.open.delete(subject);
    };
  }
}
