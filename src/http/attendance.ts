import { type LimitName, type Limits, overLimit } from '../api/limits.js';

/** Counts what each subject has open. */
export class Attendance {
  private readonly open = new Map<string, number>();
  private all = 0;

  constructor(
    private readonly limit: LimitName,
    private readonly limits: Limits,
    private readonly todo: string,
  ) {}

  /** Of all subjects together. */
  get total(): number {
    return this.all;
  }

  /**
   * @param size how much it counts for
   * @returns takes it off again; twice is the same as once
   * @throws LIMIT_EXCEEDED for too much
   */
  enter(subject: string, size = 1): () => void {
    const open = this.open.get(subject) ?? 0;
    if (open + size > this.limits[this.limit]) throw overLimit(this.limit, this.limits, this.todo);
    this.open.set(subject, open + size);
    this.all += size;
    let here = true;
    return () => {
      if (!here) return;
      here = false;
      this.all -= size;
      const left = (this.open.get(subject) ?? size) - size;
      if (left > 0) this.open.set(subject, left);
      else this.open.delete(subject);
    };
  }
}
