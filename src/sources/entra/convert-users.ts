import type { Conversion } from '../conversion.js';
import { ACCOUNT_KINDS, addAccount, flagOf, timeOf } from '../directory-account.js';
import { type ExportRow, readExport, requireColumns } from '../export-rows.js';
import { RowProblems } from '../row-problems.js';
import { SnapshotDraft } from '../snapshot-draft.js';

/** Which names the fields have: in Microsoft Graph, and in the CSV that the admin centre exports. */
const NAMES = {
  id: ['id', 'objectId', 'object id'],
  login: ['userPrincipalName', 'user principal name'],
  email: ['mail', 'email', 'primary email'],
  name: ['displayName', 'display name'],
  enabled: ['accountEnabled', 'account enabled'],
  created: ['createdDateTime', 'created date time', 'creation time'],
  used: ['signInActivity.lastSignInDateTime', 'lastSignInDateTime', 'last sign-in'],
  type: ['userType', 'user type'],
  synced: ['onPremisesSyncEnabled', 'dirSyncEnabled', 'on-premises sync enabled'],
} as const;

const NOT_IN_A_USER_LIST =
  'Consents, app registrations and their secrets, groups, roles and devices are not in a list of users.';

/**
 * Turns a list of Entra users (the JSON of Microsoft Graph's `/users`, or the CSV of the admin centre) into a full
 * snapshot of Accounts. Ids are `<source>/user/<object id>`.
 *
 * Graph leaves out `accountEnabled` unless it is selected; a list without it is refused, because everybody would look as
 * if they could sign in.
 *
 * @throws BAD_INPUT with every item that is wrong
 */
export async function convertEntraUsers(
  file: string,
  text: string,
  options: { readonly source: string; readonly syncedAt: string },
): Promise<Conversion> {
  const problems = new RowProblems();
  const table = await readExport(file, text, problems);
  requireColumns(
    file,
    table,
    { id: NAMES.id, userPrincipalName: NAMES.login, accountEnabled: NAMES.enabled },
    () =>
      'ask with $select=id,userPrincipalName,displayName,mail,accountEnabled,userType,createdDateTime,onPremisesSyncEnabled.',
    problems,
  );
  problems.refuseIfAny();
  const draft = new SnapshotDraft();
  for (const row of table.rows) addUser(row, options.source, draft, problems);
  if (/"@odata\.nextLink"/.test(lastPage(text))) {
    problems.add(
      file,
      '@odata.nextLink',
      'NOT_WHOLE',
      'is not all of the list: its last page names a next one. Follow it and give all pages.',
    );
  }
  problems.refuseIfAny();
  draft.cannotRead(
    ['App', 'GRANTED', 'Grant', 'Group', 'ISSUED', 'MEMBER_OF', 'OWNS', 'Token'],
    NOT_IN_A_USER_LIST,
  );
  if (!table.has(...NAMES.used)) {
    draft.note(
      'The list has no signInActivity (it needs a P1 licence and AuditLog.Read.All): when somebody last signed in is unknown.',
    );
  }
  return draft.finish({
    id: options.source,
    vendor: 'entra',
    name: `Entra ${options.source.replace(/^entra:/, '')}`,
    syncedAt: options.syncedAt,
    reports: ACCOUNT_KINDS,
  });
}

/** From the last page of several on: whether that one names a next page. */
function lastPage(text: string): string {
  const at = text.lastIndexOf('"@odata.context"');
  return at < 0 ? text : text.slice(at);
}

function addUser(row: ExportRow, source: string, draft: SnapshotDraft, problems: RowProblems): void {
  const id = row.get(...NAMES.id);
  const login = row.get(...NAMES.login);
  if (!id || !login) {
    problems.add(row.row, id ? 'userPrincipalName' : 'id', 'NO_ID', 'has no id or no userPrincipalName.');
    return;
  }
  const enabled = flagOf(row.get(...NAMES.enabled), row.row, 'accountEnabled', problems);
  if (enabled === undefined)
    problems.add(row.row, 'accountEnabled', 'NO_STATUS', 'does not say whether the account is enabled.');
  const type = row.get(...NAMES.type);
  const isGuest = type?.toLowerCase() === 'guest';
  const isNew = addAccount(draft, {
    id: `${source}/user/${id}`,
    externalId: id,
    name: row.get(...NAMES.name) ?? login,
    login,
    // A guest's principal name is made of their address elsewhere; only `mail` is one.
    email: row.get(...NAMES.email) ?? (isGuest ? undefined : login),
    disabled: enabled === false,
    createdAt: timeOf(row.get(...NAMES.created), row.row, 'createdDateTime', problems),
    lastUsedAt: timeOf(row.get(...NAMES.used), row.row, 'lastSignInDateTime', problems),
    attributes: {
      userType: type,
      onPremisesSyncEnabled: flagOf(row.get(...NAMES.synced), row.row, 'onPremisesSyncEnabled', problems),
    },
  });
  if (!isNew) problems.add(row.row, 'id', 'TWICE', `is ${login}, who is in the list already.`);
}
