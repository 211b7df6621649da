import type { SnapshotEntity, SnapshotRelationship } from '../../../src/model/snapshot.js';

type Extra = Readonly<Record<string, unknown>>;

const entity = (kind: string, id: string, extra: Extra = {}) =>
  ({ kind, id, name: id, status: 'ACTIVE', ...extra }) as unknown as SnapshotEntity;
const link = (type: string, from: string, to: string, extra: Extra = {}) =>
  ({ type, from, to, ...extra }) as unknown as SnapshotRelationship;

/** A snapshot of the one source of a made-up company. */
export function snapshot(
  entities: readonly SnapshotEntity[],
  relationships: readonly SnapshotRelationship[],
  more: { readonly mode?: string; readonly syncedAt?: string } = {},
) {
  return {
    source: {
      id: 'it',
      name: 'IT',
      syncedAt: more.syncedAt ?? '2026-11-20T00:00:00.000Z',
      actuation: 'SIMULATED',
    },
    mode: more.mode ?? 'full',
    entities,
    relationships,
  };
}

/**
 * Ada leaves. She reports to Bea, Bea to Cleo. Payroll (HIGH) runs on a token of Ada's, so it is re-homed; the
 * digest (MEDIUM) uses her grant to the reader, so somebody has to decide; the wiki is only owned by her. Dan has nothing to do
 * with her: his token is where a change does not matter.
 */
export function company(more: { readonly lastWorkingDay?: string } = {}) {
  return snapshot(
    [
      entity('Human', 'ada', { email: 'ada@acme.example', ...more }),
      entity('Human', 'bea', { email: 'bea@acme.example' }),
      entity('Human', 'cleo', { email: 'cleo@acme.example' }),
      entity('Human', 'dan', { email: 'dan@acme.example' }),
      entity('Account', 'ada.login', { login: 'ada' }),
      entity('Account', 'dan.login', { login: 'dan' }),
      entity('Token', 'ada.key', { tokenType: 'API_KEY' }),
      entity('Token', 'dan.key', { tokenType: 'API_KEY' }),
      entity('Grant', 'ada.consent', { grantType: 'DELEGATED', consentType: 'PRINCIPAL', scopes: ['read'] }),
      entity('App', 'reader', { approval: 'APPROVED', criticality: 'MEDIUM' }),
      entity('Job', 'payroll', { jobType: 'SCHEDULER', criticality: 'HIGH', approval: 'APPROVED' }),
      entity('Job', 'digest', { jobType: 'SCHEDULER', criticality: 'MEDIUM', approval: 'APPROVED' }),
      entity('Resource', 'ledger', { resourceType: 'database', sensitivity: 'HIGH' }),
      entity('Resource', 'wiki', { resourceType: 'space', sensitivity: 'LOW' }),
    ],
    [
      link('REPORTS_TO', 'ada', 'bea'),
      link('REPORTS_TO', 'bea', 'cleo'),
      link('HAS_ACCOUNT', 'ada', 'ada.login'),
      link('HAS_ACCOUNT', 'dan', 'dan.login'),
      link('ISSUED', 'ada.login', 'ada.key'),
      link('ISSUED', 'dan.login', 'dan.key'),
      link('CAN_ACCESS', 'ada.key', 'ledger', { permission: 'WRITE' }),
      link('USES', 'payroll', 'ada.key'),
      link('OWNS', 'bea', 'payroll'),
      link('GRANTED', 'ada.login', 'ada.consent'),
      link('TO_APP', 'ada.consent', 'reader'),
      link('USES', 'digest', 'ada.consent'),
      link('OWNS', 'bea', 'digest'),
      link('OWNS', 'bea', 'reader'),
      link('OWNS', 'ada', 'wiki'),
      link('OWNS', 'dan', 'ledger'),
    ],
  );
}

/** What a source says later besides: added to what it said. */
export const later = (
  entities: readonly SnapshotEntity[],
  relationships: readonly SnapshotRelationship[] = [],
) => snapshot(entities, relationships, { mode: 'delta', syncedAt: '2026-11-22T00:00:00.000Z' });

export { entity, link };
