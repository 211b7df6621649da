import type { RequestHandler, Response } from 'express';
import { unavailable } from '../model/errors.js';

/** The path on which a monitor asks whether the process is alive. It is, until it ends. */
const LIVENESS = '/health/live';

/** The end of a service: requests that run are answered, and no new ones begin. */
export class Draining {
  readonly #open = new Set<Response>();
  #resolveFinished: (() => void) | undefined;
  #begun = false;

  /** Refuses new requests from now on, and closes every connection after the answer it waits for. */
  begin(): void {
    this.#begun = true;
    for (const response of this.#open) closeAfter(response);
  }

  /** Resolves when no request runs: each was answered or cut off, and is in the log. */
  finished(): Promise<void> {
    return new Promise((resolve) => {
      this.#resolveFinished = resolve;
      if (this.#open.size === 0) resolve();
    });
  }

  /** Keeps track of every request. @throws UNAVAILABLE for a request that comes too late; another instance may take it */
  readonly track: RequestHandler = (request, response, next) => {
    this.#open.add(response);
    response.once('close', () => {
      this.#open.delete(response);
      if (this.#open.size === 0) this.#resolveFinished?.();
    });
    if (this.#begun) {
      closeAfter(response);
      if (request.path !== LIVENESS) throw unavailable('The service is stopping. Ask again in a moment.');
    }
    next();
  };
}

/** A caller that kept the connection would send its next request to a service that is gone. */
function closeAfter(response: Response): void {
  if (!response.headersSent) response.setHeader('Connection', 'close');
}
