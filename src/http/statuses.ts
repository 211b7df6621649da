import type { ErrorCode } from '../model/errors.js';

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

export function statusOf(code: ErrorCode): number {
  return STATUSES[code];
}
