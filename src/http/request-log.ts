import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { factsOf } from './request.js';

/** One line a request when it is answered: who, what, how long. Never a body, a query or a header. */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    // Whole only here: a router that it comes to shortens it to what is below its own place.
    const { path } = request;
    response.once('close', () => {
      const { requestId, viewer } = factsOf(request);
      const line = {
        requestId,
        subject: viewer?.subject ?? null,
        method: request.method,
        path,
        status: response.statusCode,
        millis: Math.round(performance.now() - began),
      };
      log.info(line, 'request');
    });
    next();
  };
}
