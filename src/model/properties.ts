import type { Kind } from './kinds.js';

/**
 * The type of a property of an entity. `time` is ISO 8601 in snapshots and the API, and milliseconds inside. `day` is a
 * day or a time in ISO 8601 and is kept as it is written, because a day and its first moment do not mean the same.
 * `url` is an address with the scheme https. `zone` is a time zone by its IANA name.
 */
export type PropertyType =
  | 'string'
  | 'boolean'
  | 'time'
  | 'day'
  | 'url'
  | 'zone'
  | 'strings'
  | readonly string[];

export interface PropertyRule {
  readonly type: PropertyType;
  /** The value where a source does not say; left out: unknown (null). */
  readonly default?: string | boolean | readonly string[];
}

export const CRITICALITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL', 'UNKNOWN'] as const;
export const APPROVALS = ['APPROVED', 'UNAPPROVED', 'UNKNOWN'] as const;
export const SENSITIVITIES = ['LOW', 'MEDIUM', 'HIGH', 'CRITICAL'] as const;
export const GRANT_TYPES = ['DELEGATED', 'APPLICATION', 'DOMAIN_WIDE'] as const;
export const CONSENT_TYPES = ['PRINCIPAL', 'ALL_PRINCIPALS'] as const;
export const TOKEN_TYPES = [
  'ACCESS',
  'REFRESH',
  'PERSONAL_ACCESS_TOKEN',
  'API_KEY',
  'SSH_KEY',
  'DEPLOY_KEY',
  'APP_PASSWORD',
  'SESSION',
  'SERVICE_ACCOUNT_KEY',
  'WEBHOOK_SECRET',
  'CLIENT_SECRET',
] as const;
export const JOB_TYPES = [
  'SCHEDULER',
  'CI_JOB',
  'BOT',
  'WORKFLOW',
  'WEBHOOK',
  'SCRIPT',
  'NOTEBOOK',
  'AI_AGENT',
] as const;

export type Criticality = (typeof CRITICALITIES)[number];
export type Approval = (typeof APPROVALS)[number];
export type Sensitivity = (typeof SENSITIVITIES)[number];

const text: PropertyRule = { type: 'string' };
const time: PropertyRule = { type: 'time' };
const day: PropertyRule = { type: 'day' };
const zone: PropertyRule = { type: 'zone' };
const list: PropertyRule = { type: 'strings', default: [] };
const criticality: PropertyRule = { type: CRITICALITIES, default: 'UNKNOWN' };
const approval: PropertyRule = { type: APPROVALS, default: 'UNKNOWN' };

/** The properties of its own that each kind has (semantics, section 1). */
const OWN: Readonly<Record<Kind, Readonly<Record<string, PropertyRule>>>> = {
  Human: { email: text, employeeId: text, lastWorkingDay: day, timeZone: zone },
  Account: { login: text, managed: { type: 'boolean', default: true } },
  Group: { groupType: text },
  ServiceIdentity: { identityType: text, managed: { type: 'boolean', default: false } },
  App: { clientId: text, publisher: text, approval, criticality },
  Grant: { scopes: list, grantType: { type: GRANT_TYPES }, consentType: { type: CONSENT_TYPES } },
  Token: {
    tokenType: { type: TOKEN_TYPES },
    family: text,
    scopes: list,
    expiresAt: time,
    selfContained: { type: 'boolean', default: false },
  },
  Secret: { store: text, path: text, fingerprint: text, version: text, rotatedAt: time },
  Job: { jobType: { type: JOB_TYPES }, schedule: text, criticality, approval, lastRunAt: time },
  Resource: {
    resourceType: text,
    sensitivity: { type: SENSITIVITIES },
    personal: { type: 'boolean', default: false },
  },
};

/** The address at which a person sees the thing in its own system. Every kind has it, and it is kept like its own. */
const URL_PROPERTY: Readonly<Record<string, PropertyRule>> = { url: { type: 'url' } };

/** The properties that are kept with each kind: its own, and `url`. */
export const PROPERTIES: typeof OWN = Object.fromEntries(
  Object.entries(OWN).map(([kind, own]) => [kind, { ...own, ...URL_PROPERTY }]),
) as unknown as typeof OWN;

/** Properties that every entity may have and that have a column of their own in stores. */
export const COMMON_PROPERTIES: Readonly<Record<string, PropertyRule>> = {
  externalId: text,
  createdAt: time,
  lastUsedAt: time,
};
