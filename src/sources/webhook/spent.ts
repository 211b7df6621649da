import { createHash } from 'node:crypto';
import { TOLERANCE } from './signature.js';

/** How long a message could be believed at the longest: from as far ahead of our clock to as far behind it. */
const BELIEVED = 2 * TOLERANCE * 1000;

/**
 * Which action each signed message was for. A signature does not say that, and whoever saw one could send it again for
 * every other action of the same source; to the same action it may come as often as it likes. Each instance remembers
 * for itself.
 */
export class Spent {
  private readonly known = new Map<string, { readonly key: string; readonly until: number }>();

  /** @param now milliseconds of a clock that nobody sets */
  constructor(private readonly now: () => number = () => performance.now()) {}

  /** Whether a message that is believed may speak of an action. Of others it may not, from then on. */
  mayTell(key: string, id: string, timestamp: string, body: Buffer): boolean {
    const now = this.now();
    this.forget(now);
    const message = createHash('sha256').update(`${id}.${timestamp}.`).update(body).digest('base64');
    const known = this.known.get(message);
    if (known === undefined) this.known.set(message, { key, until: now + BELIEVED });
    return known === undefined || known.key === key;
  }

  /** What came first is forgotten first. */
  private forget(now: number): void {
    for (const [message, { until }] of this.known) {
      if (until > now) return;
      this.known.delete(message);
    }
  }
}
