import { badInput } from '../../model/errors.js';
import { type LiveClient, onRelease, releaseResource } from './live-client.js';

/** A subscription that a client has begun, until it has ended: they complete it, it ends by itself, or they go. */
export class Begun {
  private over = false;
  private results: AsyncIterator<unknown> | undefined;

  /**
   * @param name under which it is held; it is let go with that
   * @param acquire counts it, and gives what takes it off again
   * @throws BAD_INPUT where the one before under that name has not ended: both would be open, and one of them counted
   */
  constructor(
    readonly client: LiveClient,
    name: string,
    acquire: () => () => void,
  ) {
    if (client.releases.has(name)) {
      // Whoever is told of an error under an id expects nothing more under it.
      releaseResource(client, name);
      throw badInput('The subscription before this one under the same id has not ended yet. Use another id.');
    }
    const release = acquire();
    onRelease(client, name, () => {
      release();
      this.end();
    });
  }

  /** What it tells; ended at once where nobody listens by now. The protocol forgets those that it had not seen begin. */
  tells(results: AsyncIterator<unknown>): void {
    this.results = results;
    if (this.over) this.end();
  }

  private end(): void {
    this.over = true;
    this.results?.return?.().catch(() => {});
  }
}
