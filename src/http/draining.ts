import type { RequestHandler, Response } from 'express';
import { unavailable } from '../model/errors.js';

/** Where a monitor asks whether the process lives. It does until it ends. */
const LIVE = '/health/live';

/** A service that is about to stop: what runs is answered, and nothing new begins. */
export class Draining {
  readonly #open = new Set<Response>();
  #last: (() => void) | undefined;
  #begun = false;

  /** Begins nothing more from now on, and lets every connection end with the answer it waits for. */
  begin(): void {
    this.#begun = true;
    for (const response of this.#open) endAfter(response);
  }

  /** Settles when none runs: each has been answered or cut off, and the log has it. */
  over(): Promise<void> {
    return new Promise((resolve) => {
      this.#last = resolve;
      if (this.#open.size === 0) resolve();
    });
  }

  /** Knows of every request. @throws UNAVAILABLE for one that comes too late; another instance may take it */
  readonly watch: RequestHandler = (request, response, next) => {
    this.#open.add(response);
    response.once('close', () => {
      this.#open.delete(response);
      if (this.#open.size === 0) this.#last?.();
    });
    if (this.#begun) {
      endAfter(response);
      if (request.path !== LIVE) throw unavailable('The service is stopping. Ask again in a moment.');
    }
    next();
  };
}

/** Who keeps the connection would send the next request to a service that is gone. */
function endAfter(response: Response): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
