import type { Request } from 'express';
import type { Viewer } from '../api/access/access.js';
import type { LimitName } from '../api/limits/limits.js';
import type { OperationLog } from '../api/operation/operation-log.js';
import type { TrustedDocument } from '../api/trusted/trusted-documents.js';
import { badInput, type ErrorCode } from '../model/errors.js';

/** What handlers have found out about a request, for those after them. */
export interface Facts {
  readonly requestId: string;
  /** Set where the path needs sign-in. */
  viewer?: Viewer;
  /** The limit on the body, where the path has one of its own. */
  bodyLimit?: LimitName;
  /** What the log and metrics report of its operation or import. Set when that begins. */
  logged?: OperationLog;
  /** The trusted document that the request names, where only trusted documents may run. */
  trusted?: TrustedDocument;
  /** The code of the error with which it was refused outside an operation. */
  error?: ErrorCode;
}

const known = new WeakMap<Request, Facts>();

export function begin(request: Request, facts: Facts): void {
  known.set(request, facts);
}

export function factsOf(request: Request): Facts {
  const facts = known.get(request);
  if (facts === undefined) throw new Error('The request was not begun.');
  return facts;
}

/** The code of the first error of a request, whatever its HTTP status; null where there was none. */
export function errorOf(request: Request): ErrorCode | null {
  const { error, logged } = factsOf(request);
  return error ?? logged?.error ?? null;
}

/** The viewer of a request. Only for handlers behind sign-in. */
export function viewerOf(request: Request): Viewer {
  const { viewer } = factsOf(request);
  if (viewer === undefined) throw new Error('Nobody asked this request to sign in.');
  return viewer;
}

/** The revision that the caller has seen, and that the answer must not be older than. @throws BAD_INPUT */
export function atLeastRevision(request: Request): number | undefined {
  const text = request.header('tendril-at-least-revision');
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badInput('The header Tendril-At-Least-Revision is no revision number.');
  return Number(text);
}
