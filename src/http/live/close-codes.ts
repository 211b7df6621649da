import type { TendrilError } from '../../model/errors.js';

/**
 * Close codes: those of RFC 6455, section 7.4, and of the graphql-transport-ws protocol. graphql-ws itself sends some
 * more (4400 unreadable message, 4408 no sign-in in time, 4409 an id twice, 4429 a second sign-in).
 */
export const CLOSE = {
  goingAway: 1001,
  internalError: 1011,
  tryAgainLater: 1013,
  unreadable: 4400,
  unauthenticated: 4401,
  forbidden: 4403,
  tooMany: 4429,
  tooSlow: 4413,
} as const;

/** The close code of an error that ends a connection. */
export function closeCodeOf({ code }: TendrilError): number {
  switch (code) {
    case 'UNAUTHENTICATED':
      return CLOSE.unauthenticated;
    case 'FORBIDDEN':
      return CLOSE.forbidden;
    case 'LIMIT_EXCEEDED':
    case 'RATE_LIMITED':
      return CLOSE.tooMany;
    case 'UNAVAILABLE':
      return CLOSE.tryAgainLater;
    default:
      return CLOSE.internalError;
  }
}

/** The longest reason that a close frame takes, in bytes (RFC 6455, section 5.5). */
const MAX_REASON = 123;

/** A sentence, shortened to what a close frame takes. */
export function reasonOf(sentence: string): string {
  const bytes = Buffer.from(sentence);
  if (bytes.length <= MAX_REASON) return sentence;
  // A character that the cut has split is removed.
  return bytes
    .subarray(0, MAX_REASON - 3)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
    .concat('…');
}
