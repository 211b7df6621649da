import type { Request, RequestHandler, Response } from 'express';
import type { ExecutionResult } from 'graphql';
import { codeOf } from '../api/errors/errors.js';
import type { Limits } from '../api/limits/limits.js';
import type { OperationLog } from '../api/operation/operation-log.js';
import type { SpanEnd, Tracing } from '../api/tracing/tracing.js';
import { factsOf } from './request.js';
import { routeOf } from './routes.js';
import { isOurFault, sentStatus } from './status-codes.js';

/** The standard methods (RFC 9110, section 9; RFC 5789). */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'CONNECT', 'OPTIONS', 'TRACE', 'PATCH'];

/** The name of a span until the operation is known. */
const OPERATION = 'GraphQL Operation';

/**
 * Opens a span around every request, in the trace of the caller. The span has nothing that a caller chose: of an unknown
 * path it does not even have the path.
 */
export function traceRequests(tracing: Tracing): RequestHandler {
  return (request, response, next) => {
    // The path is read before the routers run: a router that is mounted on a path removes it from `request.path`.
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

function answerOf(request: Request, response: Response): SpanEnd {
  const status = sentStatus(response) ?? undefined;
  const failed = status !== undefined && status >= 500;
  return {
    failed,
    attributes: {
      'http.response.status_code': status,
      'error.type': failed ? String(status) : undefined,
      'tendril.revision': factsOf(request).logged?.revision ?? undefined,
    },
  };
}

/** Opens a span around the GraphQL operation of a request. */
export function traceOperations(tracing: Tracing): RequestHandler {
  return (request, response, next) => {
    tracing.span({ kind: 'INTERNAL', name: OPERATION, attributes: {} }, (span) => {
      // The span of the operation must end before that of the request, whose listener is there already.
      response.prependOnceListener('close', () => {
        const { logged, trusted } = factsOf(request);
        span.end(logged && spanEndOf(logged, trusted !== undefined));
      });
      next();
    });
  };
}

/** Runs one piece of a subscription's work in a span. */
export type MessageTracer = <T extends ExecutionResult | AsyncIterable<unknown>>(
  logged: OperationLog,
  work: () => Promise<T> | T,
) => Promise<T>;

/**
 * Opens a span around the beginning of a subscription and around each of its messages. Each is a trace of its own,
 * because a subscription may last for days.
 */
export function traceMessages(tracing: Tracing, limits: Limits, trusted: boolean): MessageTracer {
  return (logged, work) =>
    tracing.span({ kind: 'SERVER', name: OPERATION, attributes: {} }, async (span) => {
      try {
        const result = await work();
        const [error] = ('errors' in result && result.errors) || [];
        if (error !== undefined) logged.error = codeOf(error, limits);
        return result;
      } catch (error) {
        logged.error = 'INTERNAL';
        throw error;
      } finally {
        span.end(spanEndOf(logged, trusted));
      }
    });
}

function spanEndOf({ type, operation, revision, error }: OperationLog, trusted: boolean): SpanEnd {
  const name = trusted ? (operation ?? undefined) : undefined;
  return {
    name: type === null ? OPERATION : [type, name].join(' ').trimEnd(),
    // An error of the caller is no failure of the service, as a status of 4xx is none.
    failed: error !== null && isOurFault(error),
    attributes: {
      'graphql.operation.type': type ?? undefined,
      'graphql.operation.name': name,
      'error.type': error ?? undefined,
      'tendril.revision': revision ?? undefined,
    },
  };
}
