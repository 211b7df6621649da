import type { ErrorCode } from '../../model/errors.js';
import type { OperationType } from '../tracing/tracing.js';

/** The most characters of a name that are logged: a caller may send one as long as a request. */
const MOST = 100;

/** What the log and traces contain of an operation: no part of the request's content, and no part of the answer. */
export interface OperationLog {
  /** null: the request could not be parsed. */
  type: OperationType | null;
  /** The name that the caller gave it, shortened where it is long; null: none, or the request could not be parsed. */
  operation: string | null;
  /** The revision that it read or wrote; null: it ended before. */
  revision: number | null;
  /** The code of its first error; null: it had none. */
  error: ErrorCode | null;
}

/** The log of an operation that has just begun. */
export const emptyOperationLog = (): OperationLog => ({
  type: null,
  operation: null,
  revision: null,
  error: null,
});

/** The part of an operation's name that is logged. */
export const loggedName = (name: string | null | undefined): string | null => name?.slice(0, MOST) ?? null;
