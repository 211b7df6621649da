import { type Limits, overLimit } from '../../api/limits/limits.js';

const MINUTE = 60_000;

/** Limits the messages of one connection in each minute. */
export class MessageRate {
  private received = 0;
  private since = performance.now();

  constructor(private readonly limits: Limits) {}

  /** @throws LIMIT_EXCEEDED for one too many */
  count(): void {
    const now = performance.now();
    if (now - this.since >= MINUTE) [this.since, this.received] = [now, 0];
    this.received += 1;
    if (this.received > this.limits.liveMessages)
      throw overLimit('liveMessages', this.limits, 'Connect again.');
  }
}
