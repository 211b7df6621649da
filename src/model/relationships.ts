import { KINDS, type Kind } from './kinds.js';

/**
 * The relationship table (semantics, section 2): the one module that knows what a relationship type means.
 * All other code asks it for a rule or a role and never compares a type.
 */

/**
 * The part a relationship plays in the rules of sections 3 to 5.
 *
 * - `LOGIN`: a human has the account. `MEMBERSHIP`: belongs to a group. `OWNERSHIP`: answers for the thing.
 * - `CONSENT`: an account or workload granted it. `CONSENT_TARGET`: the app it is for.
 * - `ISSUANCE`, `DELEGATION`: where a token came from. `CUSTODY`: the secret that stores it.
 * - `COPY`: two secrets of one rotation unit. `IMPERSONATION`: holding it is being it.
 * - `KNOWLEDGE`: somebody has seen the value. `KEEPING`: a resource has the secret in it.
 * - `USE`, `IDENTITY`, `DEPENDENCY`: a workload does not work without its target (USE: where `required`).
 * - `TRIGGER`: it is started by jobs, and stops when all of them have.
 * - `REPORTING`: ranks successors. `PROVENANCE`, `SUCCESSION`: history. `ACCESS`, `READING`, `ASSUMING`,
 *   `DEFINITION`, `CONTAINMENT`: matter to the exposure walk, and to what sustains what.
 * - `DECLARATION`: the thing is declared there: who can change the declaration can change the thing.
 */
export type RelationshipRole =
  | 'LOGIN'
  | 'MEMBERSHIP'
  | 'OWNERSHIP'
  | 'PROVENANCE'
  | 'CONSENT'
  | 'CONSENT_TARGET'
  | 'ISSUANCE'
  | 'DELEGATION'
  | 'CUSTODY'
  | 'COPY'
  | 'IMPERSONATION'
  | 'KNOWLEDGE'
  | 'READING'
  | 'ASSUMING'
  | 'KEEPING'
  | 'DEFINITION'
  | 'USE'
  | 'IDENTITY'
  | 'TRIGGER'
  | 'DEPENDENCY'
  | 'ACCESS'
  | 'CONTAINMENT'
  | 'REPORTING'
  | 'SUCCESSION'
  | 'DECLARATION';

/** A property that only some types have. */
export type RelationshipProperty =
  | 'access'
  | 'how'
  | 'lastReadAt'
  | 'needs'
  | 'required'
  | 'sustains'
  | 'permission'
  | 'scopes';

/** How the exposure walk follows a relationship. */
export interface WalkRule {
  /** With the arrow, against it, or both ways. */
  readonly direction: 'FORWARD' | 'BACKWARD' | 'BOTH';
  /** Followed even from an entity that is not live. */
  readonly crossesDead: boolean;
  /** From entities of these kinds it is followed only where the level is HELD. */
  readonly heldOn: readonly Kind[];
  /** From a Resource it is followed only with at least the permission in the relationship's `needs`. */
  readonly needsPermission: boolean;
  /** Followed only where `access` is not false. */
  readonly ifAccess: boolean;
  /**
   * The level the walk arrives with: the highest of the kind (`FULL`), only USED (`USED`), ADMIN on a Resource and
   * USED on anything else (`CONTROL`), the relationship's own `permission`, or that of the Resource it comes from
   * (`SAME`).
   */
  readonly gives: 'FULL' | 'USED' | 'CONTROL' | 'PERMISSION' | 'SAME';
}

export interface RelationshipRule {
  readonly type: RelationshipType;
  readonly role: RelationshipRole;
  readonly from: readonly Kind[];
  readonly to: readonly Kind[];
  /** null: the walk does not follow it. */
  readonly walk: WalkRule | null;
  readonly properties: readonly RelationshipProperty[];
  /**
   * Which end sustains the other where the relationship says `sustains` (semantics, section 1); null: this type
   * cannot say so.
   */
  readonly sustainer: 'FROM' | 'TO' | null;
  /** What offboarding does with it, in words. */
  readonly offboarding: string;
}

const walk = (direction: WalkRule['direction'], more: Partial<WalkRule> = {}): WalkRule => ({
  direction,
  crossesDead: false,
  heldOn: [],
  needsPermission: false,
  ifAccess: false,
  gives: 'FULL',
  ...more,
});

const ANY: readonly Kind[] = KINDS;
const CARRIERS: readonly Kind[] = ['Account', 'Group', 'ServiceIdentity', 'Grant', 'Token', 'Job', 'App'];
const ISSUERS: readonly Kind[] = ['Grant', 'Account', 'ServiceIdentity', 'App'];
const nothing = '–';
const withCarrier = 'ends with what carries it';

/** Types in table order; the position is the integer code in stores and indexes: append only. */
export const RELATIONSHIP_TYPES = [
  'HAS_ACCOUNT',
  'MEMBER_OF',
  'OWNS',
  'CREATED',
  'APPROVED',
  'GRANTED',
  'TO_APP',
  'ISSUED',
  'DELEGATED_TO',
  'STORED_IN',
  'COPY_OF',
  'CREDENTIAL_OF',
  'KNOWS',
  'CAN_READ',
  'CAN_ASSUME',
  'HAS_SECRET',
  'DEFINED_IN',
  'USES',
  'RUNS_AS',
  'TRIGGERS',
  'DEPENDS_ON',
  'CAN_ACCESS',
  'CONTAINS',
  'REPORTS_TO',
  'REPLACED_BY',
  'MANAGES',
] as const;

export type RelationshipType = (typeof RELATIONSHIP_TYPES)[number];

type Row = Omit<RelationshipRule, 'type' | 'properties' | 'sustainer'> &
  Partial<Pick<RelationshipRule, 'properties' | 'sustainer'>>;

const provenance: Row = {
  role: 'PROVENANCE',
  from: ['Human', 'Account'],
  to: ANY,
  walk: null,
  offboarding: 'nothing: provenance is history',
};

const TABLE: Readonly<Record<RelationshipType, Row>> = {
  HAS_ACCOUNT: {
    role: 'LOGIN',
    from: ['Human'],
    to: ['Account'],
    walk: walk('FORWARD', { crossesDead: true }),
    offboarding: 'disable the account',
  },
  MEMBER_OF: {
    role: 'MEMBERSHIP',
    from: ['Account', 'ServiceIdentity', 'Group'],
    to: ['Group'],
    walk: walk('FORWARD'),
    offboarding: 'end the membership',
  },
  OWNS: {
    role: 'OWNERSHIP',
    from: ['Human', 'Account', 'Group', 'ServiceIdentity'],
    to: ['App', 'Job', 'ServiceIdentity', 'Secret', 'Token', 'Resource', 'Group', 'Account'],
    walk: walk('FORWARD', { ifAccess: true }),
    properties: ['access', 'sustains'],
    sustainer: 'FROM',
    offboarding: 'transfer, re-home or retire',
  },
  CREATED: provenance,
  APPROVED: provenance,
  GRANTED: {
    role: 'CONSENT',
    from: ['Account', 'ServiceIdentity', 'App'],
    to: ['Grant'],
    walk: walk('FORWARD', { crossesDead: true, heldOn: ['Account'] }),
    properties: ['sustains'],
    sustainer: 'FROM',
    offboarding: 'revoke the grant',
  },
  TO_APP: {
    role: 'CONSENT_TARGET',
    from: ['Grant'],
    to: ['App'],
    walk: walk('BACKWARD', { crossesDead: true }),
    offboarding: nothing,
  },
  ISSUED: {
    role: 'ISSUANCE',
    from: ISSUERS,
    to: ['Token'],
    walk: walk('FORWARD', { crossesDead: true, heldOn: ISSUERS }),
    properties: ['sustains'],
    sustainer: 'FROM',
    offboarding: 'revoke the token and its family',
  },
  DELEGATED_TO: {
    role: 'DELEGATION',
    from: ['Token'],
    to: ['Token'],
    walk: walk('FORWARD', { crossesDead: true }),
    properties: ['sustains'],
    sustainer: 'FROM',
    offboarding: 'revoke with its parent',
  },
  STORED_IN: {
    role: 'CUSTODY',
    from: ['Token'],
    to: ['Secret'],
    walk: walk('BACKWARD', { crossesDead: true }),
    offboarding: 'rotate the secret',
  },
  COPY_OF: {
    role: 'COPY',
    from: ['Secret'],
    to: ['Secret'],
    walk: walk('BOTH', { crossesDead: true }),
    offboarding: 'rotate every copy',
  },
  CREDENTIAL_OF: {
    role: 'IMPERSONATION',
    from: ['Secret', 'Token'],
    to: ['Account', 'ServiceIdentity', 'App', 'Grant'],
    walk: walk('FORWARD', { gives: 'USED' }),
    offboarding: 'rotate, revoke',
  },
  KNOWS: {
    role: 'KNOWLEDGE',
    from: ['Human', 'Account'],
    to: ['Secret', 'Token'],
    walk: walk('FORWARD', { crossesDead: true }),
    properties: ['how', 'lastReadAt'],
    offboarding: 'rotate the secret, revoke the token',
  },
  CAN_READ: {
    role: 'READING',
    from: CARRIERS,
    to: ['Secret'],
    walk: walk('FORWARD'),
    offboarding: withCarrier,
  },
  CAN_ASSUME: {
    role: 'ASSUMING',
    from: ['Account', 'Group', 'ServiceIdentity', 'App', 'Job', 'Resource'],
    to: ['ServiceIdentity', 'Account', 'App', 'Group'],
    walk: walk('FORWARD', { gives: 'USED', needsPermission: true }),
    properties: ['needs'],
    offboarding: withCarrier,
  },
  HAS_SECRET: {
    role: 'KEEPING',
    from: ['Resource'],
    to: ['Secret'],
    walk: walk('FORWARD', { needsPermission: true }),
    properties: ['needs', 'sustains'],
    sustainer: 'FROM',
    offboarding: nothing,
  },
  DEFINED_IN: {
    role: 'DEFINITION',
    from: ['Job'],
    to: ['Resource'],
    walk: walk('BACKWARD', { needsPermission: true }),
    properties: ['needs', 'sustains'],
    sustainer: 'TO',
    offboarding: nothing,
  },
  USES: {
    role: 'USE',
    from: ['App', 'Job'],
    to: ['Secret', 'Token', 'Grant'],
    walk: walk('FORWARD'),
    properties: ['required'],
    offboarding: 're-home',
  },
  RUNS_AS: {
    role: 'IDENTITY',
    from: ['Job'],
    to: ['Account', 'ServiceIdentity'],
    walk: walk('FORWARD', { gives: 'USED' }),
    properties: ['required'],
    offboarding: 're-home',
  },
  TRIGGERS: { role: 'TRIGGER', from: ['Job'], to: ['Job'], walk: null, offboarding: nothing },
  DEPENDS_ON: {
    role: 'DEPENDENCY',
    from: ['App', 'Job'],
    to: ['App', 'Job', 'Secret', 'Account', 'Resource'],
    walk: null,
    offboarding: nothing,
  },
  CAN_ACCESS: {
    role: 'ACCESS',
    from: CARRIERS,
    to: ['Resource'],
    walk: walk('FORWARD', { gives: 'PERMISSION' }),
    properties: ['permission', 'scopes'],
    offboarding: withCarrier,
  },
  CONTAINS: {
    role: 'CONTAINMENT',
    from: ['Resource'],
    to: ['Resource'],
    walk: walk('FORWARD', { gives: 'SAME' }),
    properties: ['sustains'],
    sustainer: 'FROM',
    offboarding: nothing,
  },
  REPORTS_TO: {
    role: 'REPORTING',
    from: ['Human'],
    to: ['Human'],
    walk: null,
    offboarding: 'ranks successors',
  },
  REPLACED_BY: {
    role: 'SUCCESSION',
    from: ANY,
    to: ANY,
    walk: null,
    offboarding: 'history of re-homing',
  },
  MANAGES: {
    role: 'DECLARATION',
    from: ['Resource', 'App'],
    to: KINDS.filter((kind) => kind !== 'Human'),
    walk: walk('FORWARD', { gives: 'CONTROL', needsPermission: true }),
    properties: ['needs'],
    offboarding: 'change it there too',
  },
};

/** Every rule, in table order: `RULES[code]` is the rule of the type with that integer code. */
export const RULES: readonly RelationshipRule[] = RELATIONSHIP_TYPES.map((type) => ({
  properties: [],
  sustainer: null,
  ...TABLE[type],
  type,
}));

const CODES = new Map<string, number>(RELATIONSHIP_TYPES.map((type, code) => [type, code]));

/** Integer code of a type, or undefined where the word is no type. */
export function typeCode(type: string): number | undefined {
  return CODES.get(type);
}

export function ruleOf(type: RelationshipType): RelationshipRule {
  return RULES[CODES.get(type) as number] as RelationshipRule;
}

/** The integer code of the one type with a role. `PROVENANCE` has two types; find them in {@link RULES}. */
export function codeOfRole(role: RelationshipRole): number {
  return RULES.findIndex((rule) => rule.role === role);
}

/** The name of the one type with a role. */
export function typeOfRole(role: RelationshipRole): RelationshipType {
  return RULES[codeOfRole(role)]!.type;
}

/** Whether the table allows a type between two kinds. */
export function isAllowedPair(type: RelationshipType, from: Kind, to: Kind): boolean {
  const rule = ruleOf(type);
  return rule.from.includes(from) && rule.to.includes(to);
}

/** The allowed pairs in words: "Human → Account". */
export function allowedPairs(type: RelationshipType): string {
  const rule = ruleOf(type);
  const words = (kinds: readonly Kind[]) => (kinds.length === KINDS.length ? 'any' : kinds.join(', '));
  return `${words(rule.from)} → ${words(rule.to)}`;
}
