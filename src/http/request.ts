import type { Request } from 'express';
import type { Viewer } from '../api/access/access.js';
import type { LimitName } from '../api/limits/limits.js';
import type { Told } from '../api/operation/operation-log.js';
import type { TrustedDocument } from '../api/trusted/trusted-documents.js';
import { badInput, type ErrorCode } from '../model/errors.js';

/** What earlier handlers found out about a request. */
export interface Facts {
  readonly requestId: string;
  /** Set where the request had to be signed in. */
  viewer?: Viewer;
  /** Set where there is a limit of its own on the body. */
  bodyLimit?: LimitName;
  /** Set where it has come to an operation or an import. */
  told?: Told;
  /** What is asked for, where only trusted documents may be. */
  trusted?: TrustedDocument;
  /** Set where it was refused outside an operation. */
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

/** The code of what went wrong first, whatever the HTTP status is; null: nothing did. */
export function errorOf(request: Request): ErrorCode | null {
  const { error, told } = factsOf(request);
  return error ?? told?.error ?? null;
}

/** Who asks. Only behind the sign-in handler. */
export function viewerOf(request: Request): Viewer {
  const { viewer } = factsOf(request);
  if (viewer === undefined) throw new Error('Nobody asked this request to sign in.');
  return viewer;
}

/** The revision a caller has seen and reads no older state than. @throws BAD_INPUT */
export function atLeastRevision(request: Request): number | undefined {
  const text = request.header('tendril-at-least-revision');
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badInput('The header Tendril-At-Least-Revision is no revision number.');
  return Number(text);
}
