import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { type Limits, overLimit } from '../api/limits.js';
import { badInput, TendrilError } from '../model/errors.js';
import { factsOf } from './request.js';
import { statusOf } from './statuses.js';

/**
 * Answers what a handler threw, in the form that the path's callers read: GraphQL's `errors`, or `error`.
 * What is not ours to tell is masked, and logged under the request id.
 */
export function answerErrors(limits: Limits, log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const told = publicError(error, limits) ?? masked(error, request, log);
    answerError(told, request, response);
  };
}

/** Answers one error. A response that has begun can only be broken off. */
export function answerError(error: TendrilError, request: Request, response: Response): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  if (error.code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', 'Bearer');
  const { code, message, details } = error;
  const graphql = request.path === '/graphql';
  const body = graphql
    ? { errors: [{ message, extensions: { ...details, code } }] }
    : { error: { code, message, ...details } };
  response.status(statusOf(code));
  response.setHeader('Content-Type', graphql ? graphqlType(request) : 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

const RESPONSE_TYPE = 'application/graphql-response+json';

function graphqlType(request: Request): string {
  const wanted = request.accepts(['application/json', RESPONSE_TYPE]);
  return `${wanted === RESPONSE_TYPE ? RESPONSE_TYPE : 'application/json'}; charset=utf-8`;
}

/** What body parsers throw, by their `type`. Their own messages repeat what was sent, and are not passed on. */
function publicError(error: unknown, limits: Limits): TendrilError | undefined {
  if (error instanceof TendrilError) return error.code === 'INTERNAL' ? undefined : error;
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large')
    return overLimit('requestBytes', limits, 'Send large snapshots to /import.');
  if (type === 'entity.parse.failed') return badInput('The body is not JSON. Send one JSON object.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return badInput('The request cannot be read. Send it again, whole, as application/json in UTF-8.');
  }
  return undefined;
}

function masked(error: unknown, request: Request, log: Logger): TendrilError {
  const { requestId } = factsOf(request);
  log.error({ requestId, err: error }, 'masked an internal error');
  const message =
    'Something went wrong inside. Try again; if it stays, tell whoever runs this service the request id.';
  return new TendrilError('INTERNAL', message, { requestId });
}
