import { badInput } from '../../model/errors.js';
import { type LiveClient, onRelease, releaseResource } from './live-client.js';

/** A subscription from its beginning to its end: the client completes it, its events end, or the connection ends. */
export class ActiveSubscription {
  private over = false;
  private results: AsyncIterator<unknown> | undefined;

  /**
   * @param name the name of the subscription among the client's resources; releasing it ends the subscription
   * @param acquire counts the subscription, and returns a function that takes it off the count
   * @throws BAD_INPUT where the client still has one under that name: both would be open, and only one be counted
   */
  constructor(
    readonly client: LiveClient,
    name: string,
    acquire: () => () => void,
  ) {
    if (client.releases.has(name)) {
      // A client that receives an error for an id expects no more messages with it: the subscription before ends too.
      releaseResource(client, name);
      throw badInput('The last subscription with this id has not ended yet. Use another id.');
    }
    const release = acquire();
    onRelease(client, name, () => {
      release();
      this.end();
    });
  }

  /**
   * Hands over the results. They are ended at once where the subscription is over by now: the protocol forgets a
   * subscription that was completed before it had begun.
   */
  start(results: AsyncIterator<unknown>): void {
    this.results = results;
    if (this.over) this.end();
  }

  private end(): void {
    this.over = true;
    this.results?.return?.().catch(() => {});
  }
}
