import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { errorOf, factsOf } from './request.js';
import { sentStatus } from './status-codes.js';

/**
 * One line a request when it is answered: who, what, of which state, how long. Of an operation it has the name and
 * nothing else; never a body, a query, variables or a header.
 */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    // Whole only here: a router that it comes to shortens it to what is below its own place.
    const { path } = request;
    response.once('close', () => {
      const { requestId, viewer, told } = factsOf(request);
      const line = {
        requestId,
        subject: viewer?.subject ?? null,
        operation: told?.operation ?? null,
        revision: told?.revision ?? null,
        method: request.method,
        path,
        status: sentStatus(response),
        error: errorOf(request),
        millis: Math.round(performance.now() - began),
      };
      log.info(line, 'request');
    });
    next();
  };
}
