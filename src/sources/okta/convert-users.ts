import type { Conversion } from '../conversion.js';
import { ACCOUNT_KINDS, addAccount, timeOf } from '../directory-account.js';
import { type ExportRow, readExport, requireColumns } from '../export-rows.js';
import { RowProblems } from '../row-problems.js';
import { SnapshotDraft } from '../snapshot-draft.js';

/** What of an Okta user means that it cannot sign in (Okta's life cycle of users). */
const DISABLED = new Set(['STAGED', 'SUSPENDED', 'DEPROVISIONED', 'DEACTIVATED', 'INACTIVE']);
const ENABLED = new Set([
  'ACTIVE',
  'PROVISIONED',
  'RECOVERY',
  'PASSWORD_EXPIRED',
  'LOCKED_OUT',
  'PENDING_ACTIVATION',
  'PASSWORD_RESET',
]);

const NOT_IN_A_USER_LIST =
  'API tokens, consents, refresh tokens, groups, app assignments and administrator roles are not in a list of users.';

/** Which names the fields have: in the answer of `/api/v1/users`, and in exports of the console. */
const NAMES = {
  id: ['id', 'user id', 'okta id'],
  login: ['profile.login', 'login', 'username', 'user name', 'okta username'],
  email: ['profile.email', 'email', 'primary email', 'e-mail'],
  status: ['status', 'user status', 'okta status'],
  first: ['profile.firstName', 'first name', 'firstName'],
  last: ['profile.lastName', 'last name', 'lastName'],
  display: ['profile.displayName', 'display name'],
  created: ['created', 'created date', 'user created'],
  used: ['lastLogin', 'last login', 'last sign-in'],
} as const;

/**
 * Turns a list of Okta users (the JSON of `/api/v1/users`, or CSV) into a full snapshot of Accounts. Ids are
 * `<source>/user/<Okta's user id>`, or the login where the export has no ids.
 *
 * @throws BAD_INPUT with every item that is wrong
 */
export async function convertOktaUsers(
  file: string,
  text: string,
  options: { readonly source: string; readonly syncedAt: string },
): Promise<Conversion> {
  const problems = new RowProblems();
  const table = await readExport(file, text, problems);
  requireColumns(
    file,
    table,
    { login: NAMES.login, status: NAMES.status },
    (name) =>
      `whether somebody can sign in has to be known. Give the answer of /api/v1/users, or an export with ${name}.`,
    problems,
  );
  problems.refuseIfAny();
  const draft = new SnapshotDraft();
  for (const row of table.rows) addUser(row, options.source, draft, problems);
  problems.refuseIfAny();
  draft.cannotRead(['App', 'GRANTED', 'Grant', 'Group', 'ISSUED', 'MEMBER_OF', 'Token'], NOT_IN_A_USER_LIST);
  if (!/DEPROVISIONED/i.test(text)) {
    draft.note(
      'Nobody in the list is DEPROVISIONED: /api/v1/users leaves these out unless a filter asks for them, and who is missing counts as ended.',
    );
  }
  return draft.finish({
    id: options.source,
    vendor: 'okta',
    name: `Okta ${options.source.replace(/^okta:/, '')}`,
    syncedAt: options.syncedAt,
    reports: ACCOUNT_KINDS,
  });
}

function addUser(row: ExportRow, source: string, draft: SnapshotDraft, problems: RowProblems): void {
  const login = row.get(...NAMES.login);
  const status =
    row
      .get(...NAMES.status)
      ?.toUpperCase()
      .replace(/\s+/g, '_') ?? '';
  if (login === undefined) {
    problems.add(row.row, 'login', 'NO_ID', 'has no login.');
    return;
  }
  if (!DISABLED.has(status) && !ENABLED.has(status)) {
    problems.add(
      row.row,
      'status',
      'UNKNOWN_STATUS',
      `has the status ${status || '(empty)'}, which Okta's users do not have.`,
    );
    return;
  }
  const name =
    row.get(...NAMES.display) ?? [row.get(...NAMES.first), row.get(...NAMES.last)].filter(Boolean).join(' ');
  const externalId = row.get(...NAMES.id);
  const isNew = addAccount(draft, {
    id: `${source}/user/${externalId ?? login.toLowerCase()}`,
    externalId,
    name: name || login,
    login,
    email: row.get(...NAMES.email),
    disabled: DISABLED.has(status),
    createdAt: timeOf(row.get(...NAMES.created), row.row, 'created', problems),
    lastUsedAt: timeOf(row.get(...NAMES.used), row.row, 'lastLogin', problems),
    attributes: { oktaStatus: status, signInBy: row.get('credentials.provider.type') },
  });
  if (!isNew) problems.add(row.row, 'id', 'TWICE', `is ${login}, who is in the list already.`);
}
