import type { RequestHandler } from 'express';
import type { Logger } from 'pino';
import { errorOf, factsOf } from './request.js';
import { sentStatus } from './status-codes.js';

/**
 * Writes one line into the log for each request when it ends: who asked, for what, at which revision, how long it took.
 * Of an operation it has only the name; it never has a body, a query, variables or a header.
 */
export function logRequests(log: Logger): RequestHandler {
  return (request, response, next) => {
    const began = performance.now();
    // The path is read before the routers run: a router that is mounted on a path removes it from `request.path`.
    const { path } = request;
    response.once('close', () => {
      const { requestId, viewer, logged } = factsOf(request);
      const line = {
        requestId,
        subject: viewer?.subject ?? null,
        operation: logged?.operation ?? null,
        revision: logged?.revision ?? null,
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
