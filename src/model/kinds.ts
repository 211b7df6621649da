/**
 * The ten kinds of entity (semantics, section 1) and their statuses. The position of a kind in
 * {@link KINDS} is its integer code in stores and indexes: append only, never reorder.
 */
export const KINDS = [
  'Human',
  'Account',
  'Group',
  'ServiceIdentity',
  'App',
  'Grant',
  'Token',
  'Secret',
  'Job',
  'Resource',
] as const;

export type Kind = (typeof KINDS)[number];

/**
 * Every status of every kind, once: the position is the integer code in stores and indexes
 * (append only, never reorder).
 */
export const STATUS_CODES = [
  'ACTIVE',
  'LEAVING',
  'LEFT',
  'DISABLED',
  'RETIRED',
  'SUSPENDED',
  'REVOKED',
  'ROTATION_REQUIRED',
] as const;

export type Status = (typeof STATUS_CODES)[number];

/** The statuses of a kind, live ones first. `ended` is the status of an entity that is gone, the last of its row. */
export interface StatusRule {
  readonly live: readonly Status[];
  readonly ended: Status;
}

/** Statuses by kind. EXPIRED is not among them: it is derived from `expiresAt` and refused at import. */
export const STATUSES: Readonly<Record<Kind, StatusRule>> = {
  Human: { live: ['ACTIVE', 'LEAVING'], ended: 'LEFT' },
  Account: { live: ['ACTIVE'], ended: 'DISABLED' },
  Group: { live: ['ACTIVE'], ended: 'RETIRED' },
  ServiceIdentity: { live: ['ACTIVE'], ended: 'RETIRED' },
  App: { live: ['ACTIVE'], ended: 'RETIRED' },
  Grant: { live: ['ACTIVE'], ended: 'REVOKED' },
  Token: { live: ['ACTIVE'], ended: 'REVOKED' },
  Secret: { live: ['ACTIVE', 'ROTATION_REQUIRED'], ended: 'REVOKED' },
  Job: { live: ['ACTIVE'], ended: 'RETIRED' },
  Resource: { live: ['ACTIVE'], ended: 'RETIRED' },
};

/** Statuses that are neither live nor ended: the entity is stopped, and may be started again. */
const PAUSED: Partial<Record<Kind, readonly Status[]>> = { App: ['SUSPENDED'], Job: ['SUSPENDED'] };

/** Every status that a source may report for a kind. */
export function statusesOf(kind: Kind): readonly string[] {
  const rule = STATUSES[kind];
  return [...rule.live, ...(PAUSED[kind] ?? []), rule.ended];
}

/** Whether `status` alone makes an entity of `kind` live (a Token must also not have expired). */
export function isLiveStatus(kind: Kind, status: string): boolean {
  return STATUSES[kind].live.includes(status as Status);
}

const KIND_CODE = new Map<string, number>(KINDS.map((kind, code) => [kind, code]));

/** The integer code of a kind; undefined where the word is no kind. */
export function kindCode(kind: string): number | undefined {
  return KIND_CODE.get(kind);
}

/** Whether a kind is a workload: it runs, and can stop working (semantics, end of section 1). */
export const WORKLOADS: readonly Kind[] = ['App', 'Job'];

/** Kinds that need an owner (semantics, section 3, orphans). */
export const ANSWERED_FOR: readonly Kind[] = ['App', 'Job', 'ServiceIdentity', 'Secret', 'Resource', 'Group'];
