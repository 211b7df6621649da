import type { SnapshotEntity, SnapshotRelationship } from '../../../src/model/snapshot.js';

type Extra = Readonly<Record<string, unknown>>;

const entity = (kind: string, id: string, extra: Extra = {}) =>
  ({ kind, id, name: id, status: 'ACTIVE', ...extra }) as unknown as SnapshotEntity;
const link = (type: string, from: string, to: string, extra: Extra = {}) =>
  ({ type, from, to, ...extra }) as unknown as SnapshotRelationship;

/** How the sources of the company are acted on. */
export interface Actuation {
  readonly it: string;
  readonly paper: string;
  /** Left out: SIMULATED. */
  readonly hr?: string;
}

const source = (id: string, actuation: string) => ({
  id,
  name: id,
  syncedAt: '2026-11-20T00:00:00.000Z',
  actuation,
});

/**
 * Ada leaves, and every kind of action there is becomes necessary: payroll and the digest are re-homed, the old
 * report is retired, her token is kept in a vault with a copy in the pipeline, she knows the door code, shares the
 * account of the team, has a mailbox that nothing needs, a token that was handed on and is declared in code, and the wiki is hers alone.
 */
export function departure(
  { it, paper, hr = 'SIMULATED' }: Actuation = { it: 'SIMULATED', paper: 'SIMULATED' },
  more: Extra = {},
): readonly unknown[] {
  return [
    {
      source: source('hr', hr),
      mode: 'full',
      entities: [
        entity('Human', 'ada', { email: 'ada@acme.example', ...more }),
        entity('Human', 'bea', { email: 'bea@acme.example' }),
      ],
      relationships: [link('REPORTS_TO', 'ada', 'bea')],
    },
    {
      source: source('it', it),
      mode: 'full',
      entities: [
        entity('Account', 'login'),
        entity('Account', 'mail'),
        entity('Account', 'bea.login'),
        entity('Group', 'staff'),
        entity('Token', 'key', { tokenType: 'API_KEY', scopes: ['write'] }),
        entity('Token', 'child', { tokenType: 'ACCESS' }),
        entity('Token', 'refresh', { tokenType: 'REFRESH', family: 'f' }),
        entity('Grant', 'consent', { grantType: 'DELEGATED', consentType: 'PRINCIPAL', scopes: ['read'] }),
        entity('App', 'reader', { approval: 'APPROVED', criticality: 'MEDIUM' }),
        entity('Secret', 'vault'),
        entity('Secret', 'pipeline'),
        entity('Secret', 'door'),
        entity('Job', 'payroll', { criticality: 'HIGH', approval: 'APPROVED' }),
        entity('Job', 'digest', { criticality: 'HIGH', approval: 'APPROVED' }),
        entity('Job', 'report', { approval: 'UNAPPROVED' }),
        entity('Resource', 'ledger', { sensitivity: 'HIGH' }),
        entity('Resource', 'wiki', { sensitivity: 'LOW' }),
        entity('Resource', 'infra', { sensitivity: 'LOW' }),
      ],
      relationships: [
        link('HAS_ACCOUNT', 'ada', 'login'),
        link('HAS_ACCOUNT', 'ada', 'mail'),
        link('HAS_ACCOUNT', 'bea', 'bea.login'),
        link('MEMBER_OF', 'login', 'staff'),
        link('ISSUED', 'login', 'key'),
        link('DELEGATED_TO', 'key', 'child'),
        link('CAN_ACCESS', 'key', 'ledger', { permission: 'WRITE' }),
        link('STORED_IN', 'key', 'vault'),
        link('COPY_OF', 'pipeline', 'vault'),
        link('USES', 'payroll', 'vault'),
        link('OWNS', 'bea', 'payroll'),
        link('GRANTED', 'login', 'consent'),
        link('TO_APP', 'consent', 'reader'),
        link('ISSUED', 'consent', 'refresh'),
        link('USES', 'digest', 'consent'),
        link('OWNS', 'bea', 'digest'),
        link('OWNS', 'bea', 'reader'),
        link('OWNS', 'bea', 'ledger'),
        link('OWNS', 'bea', 'vault'),
        link('OWNS', 'bea', 'pipeline'),
        link('OWNS', 'bea', 'door'),
        link('OWNS', 'bea', 'staff'),
        link('OWNS', 'ada', 'report'),
        link('KNOWS', 'ada', 'door', { how: 'READ' }),
        link('OWNS', 'ada', 'wiki'),
        link('OWNS', 'bea', 'infra'),
        link('MANAGES', 'infra', 'key'),
      ],
    },
    {
      source: source('paper', paper),
      mode: 'full',
      entities: [entity('Account', 'team')],
      relationships: [link('HAS_ACCOUNT', 'ada', 'team'), link('HAS_ACCOUNT', 'bea', 'team')],
    },
  ];
}

/** What a source says later besides. */
export const later = (
  id: string,
  entities: readonly SnapshotEntity[],
  relationships: readonly SnapshotRelationship[] = [],
  syncedAt = '2026-11-23T09:00:00.000Z',
) => ({ source: { id, name: id, syncedAt }, mode: 'delta', entities, relationships });

export { entity, link };
