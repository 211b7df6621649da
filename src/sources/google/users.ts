import { addAccount, flagOf, timeOf } from '../directory-account.js';
import type { ExportRow, ExportRows } from '../export-rows.js';
import type { RowProblems } from '../row-problems.js';
import type { SnapshotDraft } from '../snapshot-draft.js';

/** What `gam print users` has, in the names of GAM and of its forks. */
const NAMES = {
  email: ['primaryEmail', 'email', 'user'],
  name: ['name.fullName', 'fullName', 'name'],
  suspended: ['suspended'],
  archived: ['archived'],
  created: ['creationTime'],
  used: ['lastLoginTime'],
  admin: ['isAdmin'],
  delegated: ['isDelegatedAdmin'],
  mfa: ['isEnrolledIn2Sv'],
} as const;

/** Id of a Google account: by its address, which every list of GAM has. */
export const accountId = (source: string, email: string) => `${source}/user/${email.toLowerCase()}`;

/** Adds the users of a list, and who is a super administrator. Gives the ids of those who cannot sign in. */
export function addUsers(
  file: string,
  table: ExportRows,
  source: string,
  draft: SnapshotDraft,
  problems: RowProblems,
): readonly string[] {
  for (const [name, names] of [
    ['primaryEmail', NAMES.email],
    ['suspended', NAMES.suspended],
  ] as const) {
    if (table.rows.length === 0 || table.has(...names)) continue;
    problems.add(file, name, 'NO_COLUMN', `has no column ${name}; make it with: gam print users allfields.`);
  }
  problems.refuseIfAny();
  const out: string[] = [];
  for (const row of table.rows) {
    const { id, disabled } = addUser(row, source, draft, problems) ?? {};
    if (id !== undefined && disabled === true) out.push(id);
  }
  if (!table.has(...NAMES.admin)) {
    draft.note('The list of users has no column isAdmin: who is a super administrator is unknown.');
    draft.cannotRead(
      ['MEMBER_OF'],
      'The list of users does not say who is an administrator (gam print users allfields does).',
    );
  }
  return out;
}

function addUser(row: ExportRow, source: string, draft: SnapshotDraft, problems: RowProblems) {
  const email = row.get(...NAMES.email);
  if (email === undefined || !email.includes('@')) {
    problems.add(row.row, 'primaryEmail', 'NO_ID', 'has no address.');
    return undefined;
  }
  const flag = (names: readonly string[]) => flagOf(row.get(...names), row.row, names[0] as string, problems);
  const suspended = flag(NAMES.suspended);
  const archived = flag(NAMES.archived);
  const id = accountId(source, email);
  const disabled = suspended === true || archived === true;
  const isNew = addAccount(draft, {
    id,
    externalId: row.get('id'),
    name: row.get(...NAMES.name) ?? email,
    login: email,
    email,
    disabled,
    createdAt: timeOf(row.get(...NAMES.created), row.row, 'creationTime', problems),
    lastUsedAt: timeOf(row.get(...NAMES.used), row.row, 'lastLoginTime', problems),
    attributes: {
      suspended,
      archived,
      suspensionReason: row.get('suspensionReason'),
      orgUnit: row.get('orgUnitPath'),
      mfa: flag(NAMES.mfa),
      delegatedAdministrator: flag(NAMES.delegated) || undefined,
    },
  });
  if (!isNew) {
    problems.add(row.row, 'primaryEmail', 'TWICE', `is ${email}, who is in the list already.`);
    return undefined;
  }
  if (flag(NAMES.admin)) addAdministrator(id, source, draft);
  if (flag(NAMES.delegated)) {
    draft.cannotRead(
      ['CAN_ACCESS', 'MEMBER_OF'],
      'What administrator roles this account has is not in a list of users.',
      id,
    );
  }
  return { id, disabled };
}

/** A super administrator has a role that may do everything in the tenant (mapping: "Role or app assignment of a person"). */
function addAdministrator(id: string, source: string, draft: SnapshotDraft): void {
  const role = `${source}/role/super-admin`;
  const tenant = addTenant(source, draft);
  draft.add({
    kind: 'Group',
    id: role,
    name: 'Super administrators',
    status: 'ACTIVE',
    groupType: 'administrator role',
  });
  draft.relate('CAN_ACCESS', role, tenant, { permission: 'ADMIN' });
  draft.relate('MEMBER_OF', id, role);
}

/** The Resource of the whole tenant. */
export function addTenant(source: string, draft: SnapshotDraft): string {
  const id = `${source}/tenant`;
  draft.add({
    kind: 'Resource',
    id,
    name: `Google Workspace ${source.replace(/^google:/, '')}`,
    status: 'ACTIVE',
    resourceType: 'tenant',
    sensitivity: 'CRITICAL',
  });
  return id;
}
