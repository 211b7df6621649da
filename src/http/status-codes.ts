import type { Response } from 'express';
import type { ErrorCode, TendrilError } from '../model/errors.js';

/** HTTP statuses that no error code of ours stands for (RFC 9110, section 15.5). */
export const REQUEST_TIMEOUT = 408;
export const UNSUPPORTED_MEDIA_TYPE = 415;

/** The HTTP status of each error code, outside GraphQL. */
const STATUSES: Readonly<Record<ErrorCode, number>> = {
  BAD_INPUT: 400,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  SNAPSHOT_REFUSED: 422,
  CONFLICT: 409,
  PLAN_STALE: 409,
  PLAN_NEEDS_DECISION: 409,
  WOULD_BREAK: 409,
  SELF_APPROVAL: 403,
  LIMIT_EXCEEDED: 413,
  RATE_LIMITED: 429,
  STALE_READ: 503,
  UNAVAILABLE: 503,
  INTERNAL: 500,
};

/** Whether an error is the service's fault, and not the caller's. */
export const isOurFault = (code: ErrorCode): boolean => STATUSES[code] >= 500;

/** After how many seconds to try again where a store, an issuer or an index was not reachable. */
const LATER = 5;

/** The header `Retry-After` (RFC 9110, section 10.2.3) of an answer, in seconds; undefined where it has none. */
export function retryAfterOf({ details }: TendrilError, status: number): number | undefined {
  if (status !== 429 && status !== 503) return undefined;
  return typeof details.retryAfter === 'number' ? details.retryAfter : LATER;
}

/** The status of an answer; null where the connection ended before the answer began. */
export const sentStatus = (response: Response): number | null =>
  response.headersSent ? response.statusCode : null;

/** Limits on the time in which a request must arrive: exceeding one is answered 408. */
const TOO_SLOW: readonly unknown[] = ['idleMillis', 'importPaceMillis'];

export function statusOf({ code, details }: TendrilError): number {
  return TOO_SLOW.includes(details.limit) ? REQUEST_TIMEOUT : STATUSES[code];
}
