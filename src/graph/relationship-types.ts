import { codeOfRole, RULES } from '../model/relationships.js';

/** The relationship type of each role of the relationship table, as the integer code that views use. */
export const LOGIN = codeOfRole('LOGIN');
export const MEMBERSHIP = codeOfRole('MEMBERSHIP');
export const OWNERSHIP = codeOfRole('OWNERSHIP');
export const CONSENT = codeOfRole('CONSENT');
export const CONSENT_TARGET = codeOfRole('CONSENT_TARGET');
export const ISSUANCE = codeOfRole('ISSUANCE');
export const DELEGATION = codeOfRole('DELEGATION');
export const CUSTODY = codeOfRole('CUSTODY');
export const COPY = codeOfRole('COPY');
export const KNOWLEDGE = codeOfRole('KNOWLEDGE');
export const KEEPING = codeOfRole('KEEPING');
export const USE = codeOfRole('USE');
export const IDENTITY = codeOfRole('IDENTITY');
export const DEPENDENCY = codeOfRole('DEPENDENCY');
export const TRIGGER = codeOfRole('TRIGGER');
export const ACCESS = codeOfRole('ACCESS');
export const READING = codeOfRole('READING');
export const ASSUMING = codeOfRole('ASSUMING');
export const IMPERSONATION = codeOfRole('IMPERSONATION');
export const DECLARATION = codeOfRole('DECLARATION');
export const CONTAINMENT = codeOfRole('CONTAINMENT');
export const REPORTING = codeOfRole('REPORTING');

/** Position of each type in the order of type names, by type code: paths are compared by it. */
export const TYPE_RANK: readonly number[] = RULES.map(
  ({ type }) => RULES.filter((other) => other.type < type).length,
);
