import { type LimitName, type Limits, overLimit } from '../../api/limits.js';

/** Counts what each subject has open. @throws LIMIT_EXCEEDED for one too many */
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

  /** @returns takes it off again; twice is the same as once */
  enter(subject: string): () => void {
    const open = this.open.get(subject) ?? 0;
    if (open >= this.limits[this.limit]) throw overLimit(this.limit, this.limits, this.todo);
    this.open.set(subject, open + 1);
    this.all += 1;
    let here = true;
    return () => {
      if (!here) return;
      here = false;
      this.all -= 1;
      const left = (this.open.get(subject) ?? 1) - 1;
      if (left > 0) this.open.set(subject, left);
      else this.open.delete(subject);
    };
  }
}
