import type { Kind } from '../../src/model/kinds.js';
import type { RelationshipType } from '../../src/model/relationships.js';

/**
 * The relationship table, written a second time from semantics, section 2, so that a slip in the product's own
 * table shows. Nothing here is derived from `src`: only its names are used.
 */
export interface TableRow {
  readonly type: RelationshipType;
  readonly from: readonly Kind[];
  readonly to: readonly Kind[];
  /** With the arrow, against it, both ways, or not walked. */
  readonly exposure: '→' | '←' | '↔' | '–';
  /** Walked even from an entity that is not live. */
  readonly crossesDead: boolean;
  /** The kinds from which it is walked only when they are HELD. */
  readonly heldFrom: readonly Kind[];
  /** From a Resource, walked only with at least the permission in `needs`. */
  readonly needsFromResource: boolean;
  /** Walked only while `access` holds. */
  readonly onlyWithAccess: boolean;
  /** The level it arrives with. `top` is HELD on a principal, ADMIN on a Resource; `control` is USED, or ADMIN. */
  readonly gives: 'top' | 'used' | 'control' | 'permission' | 'same';
  /** Which end may sustain the other. */
  readonly sustainer: 'from' | 'to' | undefined;
}

type Extra = Partial<
  Pick<TableRow, 'heldFrom' | 'needsFromResource' | 'onlyWithAccess' | 'gives' | 'sustainer'>
>;

const every: readonly Kind[] = [
  ...(['Human', 'Account', 'Group', 'ServiceIdentity', 'App'] as const),
  ...(['Grant', 'Token', 'Secret', 'Job', 'Resource'] as const),
];

function kinds(words: string): readonly Kind[] {
  if (words === 'any') return every;
  return words.split(', ').map((word) => every.find((kind) => kind === word) as Kind);
}

function row(
  type: RelationshipType,
  from: string,
  to: string,
  exposure: TableRow['exposure'],
  crosses: 'yes' | 'no' | '–',
  extra: Extra = {},
): TableRow {
  return {
    type,
    from: kinds(from),
    to: kinds(to),
    exposure,
    crossesDead: crosses === 'yes',
    heldFrom: [],
    needsFromResource: false,
    onlyWithAccess: false,
    gives: 'top',
    sustainer: undefined,
    ...extra,
  };
}

const owned = 'App, Job, ServiceIdentity, Secret, Token, Resource, Group, Account';
const carriers = 'Account, Group, ServiceIdentity, Grant, Token, Job, App';
const assumers = 'Account, Group, ServiceIdentity, App, Job, Resource';
const notHuman = 'Account, Group, ServiceIdentity, App, Grant, Token, Secret, Job, Resource';
const issuers = 'Grant, Account, ServiceIdentity, App';
const used: Extra = { gives: 'used' };
const needs: Extra = { needsFromResource: true };
const sustains: Extra = { sustainer: 'from' };

export const TABLE: readonly TableRow[] = [
  row('HAS_ACCOUNT', 'Human', 'Account', '→', 'yes'),
  row('MEMBER_OF', 'Account, ServiceIdentity, Group', 'Group', '→', 'no'),
  row('OWNS', 'Human, Account, Group, ServiceIdentity', owned, '→', 'no', {
    onlyWithAccess: true,
    ...sustains,
  }),
  row('CREATED', 'Human, Account', 'any', '–', '–'),
  row('APPROVED', 'Human, Account', 'any', '–', '–'),
  row('GRANTED', 'Account, ServiceIdentity, App', 'Grant', '→', 'yes', {
    heldFrom: ['Account'],
    ...sustains,
  }),
  row('TO_APP', 'Grant', 'App', '←', 'yes'),
  row('ISSUED', issuers, 'Token', '→', 'yes', { heldFrom: kinds(issuers), ...sustains }),
  row('DELEGATED_TO', 'Token', 'Token', '→', 'yes', sustains),
  row('STORED_IN', 'Token', 'Secret', '←', 'yes'),
  row('COPY_OF', 'Secret', 'Secret', '↔', 'yes'),
  row('CREDENTIAL_OF', 'Secret, Token', 'Account, ServiceIdentity, App, Grant', '→', 'no', used),
  row('KNOWS', 'Human, Account', 'Secret, Token', '→', 'yes'),
  row('CAN_READ', carriers, 'Secret', '→', 'no'),
  row('CAN_ASSUME', assumers, 'ServiceIdentity, Account, App, Group', '→', 'no', { ...used, ...needs }),
  row('HAS_SECRET', 'Resource', 'Secret', '→', 'no', { ...needs, ...sustains }),
  row('DEFINED_IN', 'Job', 'Resource', '←', 'no', { ...needs, sustainer: 'to' }),
  row('USES', 'App, Job', 'Secret, Token, Grant', '→', 'no'),
  row('RUNS_AS', 'Job', 'Account, ServiceIdentity', '→', 'no', used),
  row('TRIGGERS', 'Job', 'Job', '–', '–'),
  row('DEPENDS_ON', 'App, Job', 'App, Job, Secret, Account, Resource', '–', '–'),
  row('CAN_ACCESS', carriers, 'Resource', '→', 'no', { gives: 'permission' }),
  row('CONTAINS', 'Resource', 'Resource', '→', 'no', { gives: 'same', ...sustains }),
  row('REPORTS_TO', 'Human', 'Human', '–', '–'),
  row('REPLACED_BY', 'any', 'any', '–', '–'),
  row('MANAGES', 'Resource, App', notHuman, '→', 'no', { gives: 'control', ...needs }),
];

export function rowOf(type: RelationshipType): TableRow {
  const found = TABLE.find((candidate) => candidate.type === type);
  if (!found) throw new Error(`no row for ${type}`);
  return found;
}
