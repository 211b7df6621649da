import type { TendrilError } from '../../model/errors.js';

/**
 * Why a connection was closed: RFC 6455, section 7.4, and the codes of the graphql-transport-ws protocol, which has
 * more of its own (4400 what cannot be read, 4408 no sign-in in time, 4409 an id twice, 4429 a second sign-in).
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

/** As much of a sentence as a close frame takes. */
export function reasonOf(sentence: string): string {
  const bytes = Buffer.from(sentence);
  if (bytes.length <= MAX_REASON) return sentence;
  // A character that was cut in two is left out.
  return bytes
    .subarray(0, MAX_REASON - 3)
    .toString('utf8')
    .replace(/\uFFFD+$/, '')
    .concat('…');
}
