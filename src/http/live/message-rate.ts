import { type Limits, overLimit } from '../../api/limits/limits.js';

const MINUTE = 60_000;

/** How many messages came over one connection in the minute that runs. */
export class MessageRate {
  private heard = 0;
  private since = performance.now();

  constructor(private readonly limits: Limits) {}

  /** @throws LIMIT_EXCEEDED for one too many */
  count(): void {
    const now = performance.now();
    if (now - this.since >= MINUTE) [this.since, this.heard] = [now, 0];
    this.heard += 1;
    if (this.heard > this.limits.liveMessages) throw overLimit('liveMessages', this.limits, 'Connect again.');
  }
}
