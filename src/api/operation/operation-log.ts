import type { ErrorCode } from '../../model/errors.js';
import type { OperationType } from '../tracing/tracing.js';

/** How much of a name is told, in characters: a caller may make it as long as a request. */
const MOST = 100;

/** What the log and traces say of an operation: nothing that was asked, and nothing that was answered. */
export interface OperationLog {
  /** null: it was not understood. */
  type: OperationType | null;
  /** The name its caller gave it, cut short where it is very long; null: none, or it was not understood. */
  operation: string | null;
  /** The state it speaks of; null: it never came to one. */
  revision: number | null;
  /** The code of what went wrong first; null: nothing did. */
  error: ErrorCode | null;
}

/** Before anything is known. */
export const emptyOperationLog = (): OperationLog => ({
  type: null,
  operation: null,
  revision: null,
  error: null,
});

/** As much of an operation's name as is told. */
export const loggedName = (name: string | null | undefined): string | null => name?.slice(0, MOST) ?? null;
