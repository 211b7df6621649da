import type { Request, RequestHandler, Response } from 'express';
import type { ExecutionResult } from 'graphql';
import { codeOf } from '../api/errors/errors.js';
import type { Limits } from '../api/limits/limits.js';
import type { Told } from '../api/operation/operation-log.js';
import type { Ending, Tracing } from '../api/tracing/tracing.js';
import { factsOf } from './request.js';
import { routeOf } from './routes.js';
import { isOurFault, sentStatus } from './status-codes.js';

/** The methods that everybody knows (RFC 9110, section 9; RFC 5789). */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** As it is called until it is known what it is, and where that never is. */
const OPERATION = 'GraphQL Operation';

/**
 * A span around every request that goes through it, which goes on with the caller's trace. It says nothing that a
 * caller chose: of a place that there is not, not even the path.
 */
export function traceRequests(tracing: Tracing): RequestHandler {
  return (request, response, next) => {
    // Whole only here: a router that it comes to shortens it to what is below its own place.
    const route = routeOf(request.path);
    const known = METHODS.includes(request.method);
    const attributes = {
      'http.request.method': known ? request.method : '_OTHER',
      'http.route': route,
      'url.scheme': 'http',
      'url.path': (route ?? '/:path').replace(/:\w+$/, 'REDACTED'),
      'tendril.request_id': factsOf(request).requestId,
    } as const;
    const name = [known ? request.method : 'HTTP', route].join(' ').trimEnd();
    const traceparent = request.header('traceparent');
    tracing.span({ kind: 'SERVER', name, attributes, traceparent }, (span) => {
      response.once('close', () => span.end(answerOf(request, response)));
      next();
    });
  };
}

function answerOf(request: Request, response: Response): Ending {
  const status = sentStatus(response) ?? undefined;
  const failed = status !== undefined && status >= 500;
  return {
    failed,
    attributes: {
      'http.response.status_code': status,
      'error.type': failed ? String(status) : undefined,
      'tendril.revision': factsOf(request).told?.revision ?? undefined,
    },
  };
}

/** A span around what a request asks by GraphQL. */
export function traceOperations(tracing: Tracing): RequestHandler {
  return (request, response, next) => {
    tracing.span({ kind: 'INTERNAL', name: OPERATION, attributes: {} }, (span) => {
      // A part ends before the whole, whose end was listened for first.
      response.prependOnceListener('close', () => {
        const { told, trusted } = factsOf(request);
        span.end(told && endingOf(told, trusted !== undefined));
      });
      next();
    });
  };
}

/** Does one piece of a subscription's work. */
export type Around = <T extends ExecutionResult | AsyncIterable<unknown>>(
  told: Told,
  work: () => Promise<T> | T,
) => Promise<T>;

/**
 * A span around the beginning of a subscription, and around each of its messages: a trace each, for a subscription
 * goes on for days.
 */
export function traceMessages(tracing: Tracing, limits: Limits, trusted: boolean): Around {
  return (told, work) =>
    tracing.span({ kind: 'SERVER', name: OPERATION, attributes: {} }, async (span) => {
      try {
        const result = await work();
        const [error] = ('errors' in result && result.errors) || [];
        if (error !== undefined) told.error = codeOf(error, limits);
        return result;
      } catch (error) {
        told.error = 'INTERNAL';
        throw error;
      } finally {
        span.end(endingOf(told, trusted));
      }
    });
}

function endingOf({ type, operation, revision, error }: Told, trusted: boolean): Ending {
  const name = trusted ? (operation ?? undefined) : undefined;
  return {
    name: type === null ? OPERATION : [type, name].join(' ').trimEnd(),
    // What the caller is to mend is no failure, as it is none by HTTP status.
    failed: error !== null && isOurFault(error),
    attributes: {
      'graphql.operation.type': type ?? undefined,
      'graphql.operation.name': name,
      'error.type': error ?? undefined,
      'tendril.revision': revision ?? undefined,
    },
  };
}
