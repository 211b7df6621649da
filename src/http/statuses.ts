import type { ErrorCode, TendrilError } from '../model/errors.js';

/** HTTP's own answers that no code of ours stands for (RFC 9110, section 15.5). */
export const REQUEST_TIMEOUT = 408;
export const UNSUPPORTED_MEDIA_TYPE = 415;

/** HTTP statuses of errors, where an answer is not GraphQL. */
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

export function statusOf({ code, details }: TendrilError): number {
  return details.limit === 'idleMillis' ? REQUEST_TIMEOUT : STATUSES[code];
}
