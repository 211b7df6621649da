import { TendrilError } from '../../model/errors.js';
import { ROLES, type Role } from '../../model/roles.js';
import type { Millis } from '../../model/time.js';

/** Who is asking. */
export interface Viewer {
  readonly subject: string;
  readonly roles: readonly Role[];
  /** How they signed in, as the audit log says it. */
  readonly signedInBy: string;
  /**
   * Until when the sign-in is good, by the system's clock, in milliseconds since 1970; not there: as long as the
   * service knows it. What stays open for longer than a request, a subscription, ends then.
   */
  readonly expiresAt?: Millis;
}

/** Whether a sign-in has come to its end. */
export function hasExpired({ expiresAt }: Viewer): boolean {
  return expiresAt !== undefined && Date.now() >= expiresAt;
}

export const READERS: readonly Role[] = ['VIEWER', 'PLANNER', 'APPROVER', 'OPERATOR', 'AUDITOR', 'ADMIN'];
export const IMPORTERS: readonly Role[] = ['IMPORTER', 'ADMIN'];
export const PLANNERS: readonly Role[] = ['PLANNER', 'ADMIN'];
export const APPROVERS: readonly Role[] = ['APPROVER', 'ADMIN'];
export const OPERATORS: readonly Role[] = ['OPERATOR', 'ADMIN'];
export const AUDITORS: readonly Role[] = ['AUDITOR', 'ADMIN'];
/** Whoever plans a case, and whoever carries it out, may stop it. */
const CANCELLERS: readonly Role[] = ['PLANNER', 'OPERATOR', 'ADMIN'];
/** Whoever plans may look at what one thing takes with it (`dryRun`); its resolver asks who may do it. */
const PREVIEWERS: readonly Role[] = ['PLANNER', 'OPERATOR', 'ADMIN'];

/**
 * Which roles may ask for which root field. What is not in this table cannot be asked for at all: the schema
 * is not built with a root field that is missing here.
 *
 * A new query, mutation or subscription is one line here; `test/api/access.test.ts` then tries it as every role and
 * as nobody by itself, and `npm run golden` writes the golden list anew,
 * for somebody to read the difference.
 */
export const ROOT_FIELDS: Readonly<Record<string, readonly Role[]>> = {
  'Query.node': READERS,
  'Query.nodes': READERS,
  'Query.entity': READERS,
  'Query.entities': READERS,
  'Query.human': READERS,
  'Query.blastRadius': READERS,
  'Query.accessPaths': READERS,
  'Query.whoCanReach': READERS,
  'Query.lingeringAccess': READERS,
  'Query.exposureRanking': READERS,
  'Query.unowned': READERS,
  'Query.overview': READERS,
  'Query.sources': READERS,
  'Query.attention': READERS,
  'Query.policy': READERS,
  'Query.policyExplanation': READERS,
  'Query.auditEvents': AUDITORS,
  'Query.auditVerification': AUDITORS,
  'Query.evidence': AUDITORS,
  'Query.offboarding': READERS,
  'Query.offboardings': READERS,
  'Query.findOffboarding': READERS,
  'Query.offboardingVerification': READERS,
  'Query.previewRevocation': PREVIEWERS,
  // Whoever signed in may hear who they are.
  'Query.viewer': ROLES,
  // There only for gateways (`TENDRIL_FEDERATION`): as introspection is, and as `Query.node` is.
  'Query._service': ROLES,
  'Query._entities': READERS,
  'Mutation.importSnapshot': IMPORTERS,
  'Mutation.planOffboarding': PLANNERS,
  'Mutation.decide': PLANNERS,
  'Mutation.replan': PLANNERS,
  'Mutation.cancelOffboarding': CANCELLERS,
  'Mutation.approvePlan': APPROVERS,
  'Mutation.waive': APPROVERS,
  'Mutation.executeOffboarding': OPERATORS,
  'Mutation.resumeOffboarding': OPERATORS,
  'Mutation.attestActions': OPERATORS,
  'Mutation.revoke': PREVIEWERS,
  'Mutation.rotateSecret': PREVIEWERS,
  'Mutation.rehome': PREVIEWERS,
  'Mutation.transferOwnership': PREVIEWERS,
  'Mutation.retire': PREVIEWERS,
  'Subscription.graphChanged': READERS,
  'Subscription.offboardingProgress': READERS,
  'Subscription.auditEventAdded': AUDITORS,
};

/** Whether a viewer has one of the roles. */
export function mayAct(viewer: Viewer, roles: readonly Role[]): boolean {
  return viewer.roles.some((role) => roles.includes(role));
}

/**
 * Refuses a viewer who has none of some roles.
 *
 * @param what what they asked for: the beginning of a sentence
 * @throws FORBIDDEN
 */
export function requireRole(viewer: Viewer, roles: readonly Role[], what: string): void {
  if (mayAct(viewer, roles)) return;
  throw new TendrilError(
    'FORBIDDEN',
    `${what} is for the roles ${roles.join(', ')}, and ${viewer.subject} has none of them. Ask somebody who has one.`,
  );
}
