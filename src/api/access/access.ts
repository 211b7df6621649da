import { TendrilError } from '../../model/errors.js';
import type { Role } from '../../model/roles.js';
import type { Millis } from '../../model/time.js';

/** The caller of an operation. */
export interface Viewer {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** How they signed in, in the form that the audit log keeps. */
  readonly signedInBy: string;
  /**
   * When the sign-in expires, by the system's clock, in milliseconds since 1970; absent: it does not expire.
   * A subscription that is still open ends then.
   */
  readonly expiresAt?: Millis;
}

/** Whether a sign-in has expired. */
export function hasExpired({ expiresAt }: Viewer): boolean {
  return expiresAt !== undefined && Date.now() >= expiresAt;
}

export const READERS: readonly Role[] = ['VIEWER', 'PLANNER', 'APPROVER', 'OPERATOR', 'AUDITOR', 'ADMIN'];
export const ADMINS: readonly Role[] = ['ADMIN'];
export const IMPORTERS: readonly Role[] = ['IMPORTER', 'ADMIN'];
export const PLANNERS: readonly Role[] = ['PLANNER', 'ADMIN'];
export const APPROVERS: readonly Role[] = ['APPROVER', 'ADMIN'];
export const OPERATORS: readonly Role[] = ['OPERATOR', 'ADMIN'];
export const AUDITORS: readonly Role[] = ['AUDITOR', 'ADMIN'];
/** Whoever plans a case, and whoever carries it out, may stop it. */
export const CANCELLERS: readonly Role[] = ['PLANNER', 'OPERATOR', 'ADMIN'];
/** Whoever plans may preview a cascade (`dryRun`); its resolver checks who may carry it out. */
export const PREVIEWERS: readonly Role[] = ['PLANNER', 'OPERATOR', 'ADMIN'];

/** Whether a viewer has one of the roles. */
export function mayAct(viewer: Viewer, roles: readonly Role[]): boolean {
  return viewer.roles.some((role) => roles.includes(role));
}

/**
 * Refuses a viewer who has none of some roles.
 *
 * @param what what they asked for, as the beginning of a sentence
 * @throws FORBIDDEN
 */
export function requireRole(viewer: Viewer, roles: readonly Role[], what: string): void {
  if (mayAct(viewer, roles)) return;
  throw new TendrilError(
    'FORBIDDEN',
    `${what} is for the roles ${roles.join(', ')}, and ${viewer.subject} has none of them. Ask somebody who has one.`,
  );
}
