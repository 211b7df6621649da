import { type LimitName, type Limits, overLimit } from '../api/limits/limits.js';
import { InFlight } from './in-flight.js';

/** A limit on how much each subject has open at one time. */
export class ConcurrencyLimit {
  private readonly open = new InFlight();

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
    return this.open.total;
  }

  /**
   * Counts something that a subject opens.
   *
   * @param size how much it counts for
   * @returns a function that takes it off the count; a second call does nothing
   * @throws LIMIT_EXCEEDED where the subject would have more open than the limit
   */
  acquire(subject: string, size = 1): () => void {
    const open = this.open.of(subject);
    if (open + size > this.limits[this.limit]) throw overLimit(this.limit, this.limits, this.advice);
    return this.open.add(subject, size);
  }
}
