import { ERROR_CODES, type ErrorCode, TendrilError, unavailable } from '../../model/errors.js';

/** What a service says of one error, in GraphQL's form or in that of its other paths. */
interface Told {
  readonly message: string;
  readonly code: unknown;
  readonly details: Readonly<Record<string, unknown>>;
}

/** What to do about a token that the service does not take, in words of the command line. */
const UNKNOWN_TOKEN =
  'The service at TENDRIL_URL does not know the token in TENDRIL_TOKEN; set it to a token of that service.';

/** The error that an answer of a service tells of; undefined where it tells of none. */
export function errorIn(body: unknown): TendrilError | undefined {
  const { errors, error } = (typeof body === 'object' && body !== null ? body : {}) as {
    errors?: readonly { message: string; extensions?: Record<string, unknown> }[];
    error?: { message: string; code: unknown } & Record<string, unknown>;
  };
  if (error !== undefined) {
    const { message, code, ...details } = error;
    return asError({ message, code, details });
  }
  const [first] = errors ?? [];
  if (first === undefined) return undefined;
  const { code, ...details } = first.extensions ?? {};
  return asError({ message: first.message, code, details });
}

function asError({ message, code, details }: Told): TendrilError {
  if (code === 'UNAUTHENTICATED') return new TendrilError('UNAUTHENTICATED', UNKNOWN_TOKEN, details);
  const known = ERROR_CODES.includes(code as ErrorCode) ? (code as ErrorCode) : 'INTERNAL';
  return new TendrilError(known, message, details);
}

/** Says that a service did not answer. */
export function notReached(url: string, cause?: unknown): TendrilError {
  return unavailable(
    `The service at ${url} cannot be reached; check TENDRIL_URL, and that it runs (${url}/health/ready).`,
    cause,
  );
}

/** Codes of errors that break a connection after it was made. */
const BREAKS: readonly unknown[] = [
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_HEADERS_TIMEOUT',
  'UND_ERR_BODY_TIMEOUT',
];

/** Whether an error broke a connection that was made. `fetch` has the error of the network as its cause. */
function breaks(error: unknown): boolean {
  const { code, syscall, cause } = (error ?? {}) as { code?: unknown; syscall?: unknown; cause?: unknown };
  return cause === undefined ? BREAKS.includes(code) && syscall !== 'connect' : breaks(cause);
}

/**
 * Says that a service did not answer, or not to the end.
 *
 * @param isWrite whether the service may have done something by then
 */
export function connectionLost(url: string, error: unknown, isWrite: boolean): TendrilError {
  if (!breaks(error)) return notReached(url, error);
  const broke = `The connection to the service at ${url} broke before its answer was complete`;
  return unavailable(
    isWrite
      ? `${broke}: it is not known whether it was done; look before you do it again.`
      : `${broke}; try again.`,
    error,
  );
}

/** Says that something answered that is not Tendril, or not Tendril alone. */
export function notUnderstood(url: string, status: number): TendrilError {
  return unavailable(
    `What answers at ${url} (status ${status}) does not answer as Tendril does; check TENDRIL_URL.`,
  );
}
