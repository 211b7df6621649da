import type { ErrorRequestHandler, Request, Response } from 'express';
import type { Logger } from 'pino';
import { type Limits, overLimit } from '../api/limits/limits.js';
import { badInput, TendrilError } from '../model/errors.js';
import { JSON_TYPE, mediaTypeOf } from './media-types.js';
import { factsOf } from './request.js';
import { REQUEST_TIMEOUT, retryAfterOf, statusOf } from './status-codes.js';

/**
 * Answers with the error that a handler threw, in the form that callers of the path read: GraphQL's `errors`, or
 * `error`. An internal error is masked, and logged with the request id.
 */
export function answerErrors(limits: Limits, log: Logger): ErrorRequestHandler {
  return (error: unknown, request, response, _next) => {
    const shown = publicError(error, request, limits) ?? masked(error, request, log);
    answerError(shown, request, response);
  };
}

/**
 * Answers with one error. A response that has begun is broken off: nothing else is possible then.
 *
 * @param status the HTTP status, where it is not the usual one of the error
 */
export function answerError(
  error: TendrilError,
  request: Request,
  response: Response,
  status = statusOf(error),
): void {
  if (response.headersSent) {
    response.destroy();
    return;
  }
  // RFC 6750, section 3: a request without a token is told the scheme only.
  const challenge = request.headers.authorization === undefined ? 'Bearer' : 'Bearer error="invalid_token"';
  if (error.code === 'UNAUTHENTICATED') response.setHeader('WWW-Authenticate', challenge);
  const retryAfter = retryAfterOf(error, status);
  if (retryAfter !== undefined) response.setHeader('Retry-After', retryAfter);
  const { code, message, details } = error;
  factsOf(request).error = code;
  const graphql = request.path === '/graphql';
  const body = graphql
    ? { errors: [{ message, extensions: { ...details, code } }] }
    : { error: { code, message, ...details } };
  response.status(status);
  response.setHeader('Content-Type', `${graphql ? mediaTypeOf(request) : JSON_TYPE}; charset=utf-8`);
  finish(JSON.stringify(body), request, response);
}

/** How long the rest of a refused body is read and dropped, in milliseconds. */
const DRAIN = 30_000;
/** Node.js itself reads bodies up to this length, in bytes, to their end, and the connection stays open. */
const SHORT = 65_536;

/**
 * Ends a response. A caller that still sends a large body may read the answer only when all of it is sent. So the
 * answer is sent at once, and the rest of the body is read and dropped. If the connection were closed at once, it would
 * be reset, and the answer lost.
 */
function finish(body: string, request: Request, response: Response): void {
  const late = response.statusCode === REQUEST_TIMEOUT;
  if (late || stillSends(request)) response.setHeader('Connection', 'close');
  if (late || !stillSends(request)) {
    response.end(body);
    return;
  }
  response.setHeader('Content-Length', Buffer.byteLength(body));
  response.write(body);
  const end = () => response.end();
  const enough = setTimeout(end, DRAIN);
  response.once('close', () => clearTimeout(enough));
  request.once('end', end);
  request.once('error', end);
  request.resume();
}

function stillSends(request: Request): boolean {
  if (request.complete) return false;
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers;
  return encoding !== undefined || Number(length ?? 0) > SHORT;
}

const SEND_ELSEWHERE = 'Send several operations, and large snapshots to /import.';
const SAY_LESS = 'Send only how the action ended.';

/**
 * The error that a caller may see; undefined for an internal one. Errors of body parsers are known by their `type`; their
 * own messages repeat what was sent, and are not passed on.
 */
function publicError(error: unknown, request: Request, limits: Limits): TendrilError | undefined {
  if (error instanceof TendrilError) return error.code === 'INTERNAL' ? undefined : error;
  const { type, status } = (error ?? {}) as { type?: unknown; status?: unknown };
  if (type === 'entity.too.large') {
    const { bodyLimit = 'requestBytes' } = factsOf(request);
    return overLimit(bodyLimit, limits, bodyLimit === 'callBackBytes' ? SAY_LESS : SEND_ELSEWHERE);
  }
  if (type === 'entity.parse.failed') return badInput('The body is not JSON. Send one JSON object.');
  if (typeof status === 'number' && status >= 400 && status < 500) {
    return badInput('The request cannot be read. Send it again, complete, as application/json in UTF-8.');
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
