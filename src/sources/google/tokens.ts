import { readScope } from '../../model/scopes.js';
import { flagOf } from '../directory-account.js';
import type { ExportRow, ExportRows } from '../export-rows.js';
import type { RowProblems } from '../row-problems.js';
import type { SnapshotDraft } from '../snapshot-draft.js';
import { accountId, addTenant } from './users.js';

/** One consent: a user lets an app act. Google has one for each user and client, without ids and times. */
interface Consent {
  readonly user: string;
  readonly client: string;
  readonly app: string;
  readonly scopes: readonly string[];
  readonly native: boolean | undefined;
}

/** What a scope is about that is nobody's own, but of the whole tenant. */
const OF_TENANT = new Set(['directory', 'administration', 'cloud']);

/**
 * Adds what `gam all users print tokens` lists: for each consent an App, a Grant and one Token that stands for the refresh
 * tokens behind it, which Google does not list (mapping: "OAuth consent of one user"). What a known scope is about (the
 * mail of the user, their files, the directory) is a Resource that the Grant can access.
 *
 * @param known whether a list of users was read too, so that every user of a consent has to be in it
 */
export function addTokens(
  file: string,
  table: ExportRows,
  { source, known }: { readonly source: string; readonly known: boolean },
  draft: SnapshotDraft,
  problems: RowProblems,
): void {
  for (const name of ['user', 'clientId']) {
    if (table.rows.length === 0 || table.has(name)) continue;
    problems.add(file, name, 'NO_COLUMN', `has no column ${name}; make it with: gam all users print tokens.`);
  }
  problems.refuseIfAny();
  for (const row of table.rows) {
    const consent = consentOf(row, problems);
    if (!consent) continue;
    const account = accountId(source, consent.user);
    if (known && !draft.has(account)) {
      problems.add(
        row.row,
        'user',
        'UNKNOWN_USER',
        `is a consent of ${consent.user}, who is not in the list of users; make both lists together.`,
      );
      continue;
    }
    if (!known) addUnlisted(account, consent.user, draft);
    addConsent(source, account, consent, draft);
  }
}

function consentOf(row: ExportRow, problems: RowProblems): Consent | undefined {
  const user = row.get('user');
  const app = row.get('displayText', 'app', 'appName');
  const client = row.get('clientId') ?? (app && `anonymous:${app}`);
  if (!user || !client) {
    problems.add(row.row, user ? 'clientId' : 'user', 'NO_ID', 'has no user or no client.');
    return undefined;
  }
  return {
    user,
    client,
    app: app ?? client,
    scopes: scopesOf(row),
    native: flagOf(row.get('nativeApp'), row.row, 'nativeApp', problems),
  };
}

/** Scopes stand in one cell with blanks between them, or in columns `scopes.0`, `scopes.1`, … */
function scopesOf(row: ExportRow): string[] {
  const found: string[] = [];
  const one = row.get('scopes', 'scope');
  // A column `scopes` that only counts is followed by one for each.
  if (one !== undefined && !/^\d+$/.test(one)) found.push(...one.split(/[\s,;]+/));
  for (let at = 0; ; at += 1) {
    const next = row.get(`scopes.${at}`);
    if (next === undefined) break;
    found.push(next);
  }
  return [...new Set(found.filter((scope) => scope !== ''))].sort();
}

/** A user of whom nothing is known but a consent. */
function addUnlisted(id: string, user: string, draft: SnapshotDraft): void {
  if (draft.has(id)) return;
  draft.add({ kind: 'Account', id, name: user, login: user, status: 'ACTIVE' });
  draft.relate('HAS_ACCOUNT', { humanEmail: user.toLowerCase() }, id);
}

function addConsent(source: string, account: string, consent: Consent, draft: SnapshotDraft): void {
  const { user, client, app, scopes, native } = consent;
  const key = `${user.toLowerCase()}/${client}`;
  const [appId, grant, token] = [
    `${source}/app/${client}`,
    `${source}/grant/${key}`,
    `${source}/token/${key}`,
  ];
  draft.add({
    kind: 'App',
    id: appId,
    name: app,
    status: 'ACTIVE',
    clientId: client,
    attributes: { nativeApp: native },
  });
  const isNew = draft.add({
    kind: 'Grant',
    id: grant,
    name: `${app}, for ${user}`,
    status: 'ACTIVE',
    scopes,
    grantType: 'DELEGATED',
    consentType: 'PRINCIPAL',
  });
  if (!isNew) return;
  draft.relate('GRANTED', account, grant);
  draft.relate('TO_APP', grant, appId);
  draft.add({
    kind: 'Token',
    id: token,
    name: `refresh token of ${app}, for ${user}`,
    status: 'ACTIVE',
    tokenType: 'REFRESH',
    family: grant,
    scopes,
    attributes: { implied: 'Google lists consents and not their tokens' },
  });
  draft.relate('ISSUED', grant, token);
  for (const scope of scopes) addAccess(source, account, grant, { user, scope }, draft);
}

function addAccess(
  source: string,
  account: string,
  grant: string,
  { user, scope }: { readonly user: string; readonly scope: string },
  draft: SnapshotDraft,
): void {
  const { known, permission, sensitivity, about } = readScope(scope, 'google');
  if (!known || about === null || about === 'profile') return;
  if (OF_TENANT.has(about)) {
    // It reaches no further than the user who consented does, and says nothing of a user who administers nothing.
    draft.relate('CAN_ACCESS', grant, addTenant(source, draft), {
      permission,
      scopes: [scope],
      evidence: `scope ${scope}, as far as ${user} may`,
    });
    return;
  }
  const resource = `${source}/${about}/${user.toLowerCase()}`;
  draft.add({
    kind: 'Resource',
    id: resource,
    name: `${about} of ${user}`,
    status: 'ACTIVE',
    resourceType: about,
    sensitivity,
  });
  draft.relate('OWNS', account, resource);
  draft.relate('CAN_ACCESS', grant, resource, { permission, scopes: [scope], evidence: `scope ${scope}` });
}
