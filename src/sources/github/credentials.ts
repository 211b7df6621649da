import type { Permission } from '../../model/levels.js';
import { timeOf } from '../directory-account.js';
import { isObject, type JsonObject, textAt } from '../json-values.js';
import type { Answer } from './answers.js';
import type { Converting } from './converting.js';
import { addUser } from './people.js';
import { permissionNamed } from './reach.js';

const TOKEN_TYPES: Readonly<Record<string, string>> = {
  'personal access token': 'PERSONAL_ACCESS_TOKEN',
  'SSH key': 'SSH_KEY',
  'OAuth app token': 'ACCESS',
  'GitHub app token': 'ACCESS',
};

/** Adds the tokens and keys of people that GitHub tells an organisation of, and the apps that are installed in it. */
export function addCredentials(to: Converting): void {
  for (const answer of to.answers('credentials')) {
    for (const item of answer.items) addAuthorised(item, answer, to);
  }
  for (const answer of to.answers('fineGrained')) {
    for (const item of answer.items) addFineGrained(item, answer, to);
  }
  for (const answer of to.answers('installations')) {
    for (const item of answer.items) addInstallation(item, answer, to);
  }
}

/** A token or key that somebody authorised for the organisation's single sign-on. */
function addAuthorised(item: JsonObject, answer: Answer, to: Converting): void {
  const number = textAt(item, 'authorized_credential_id') ?? textAt(item, 'credential_id');
  const user = addUser(textAt(item, 'login'), answer, to);
  if (number === undefined || user === undefined) return;
  const time = (field: string) => timeOf(textAt(item, field), answer.file, field, to.problems);
  const type = textAt(item, 'credential_type') ?? '';
  const title = textAt(item, 'authorized_credential_title') ?? textAt(item, 'authorized_credential_note');
  const scopes = Array.isArray(item.scopes) ? item.scopes.map(String).sort() : [];
  const id = to.ids.credential(number);
  to.draft.add({
    kind: 'Token',
    id,
    name: `${type || 'credential'}${title ? ` ${title}` : ''} of ${textAt(item, 'login')}`,
    tokenType: TOKEN_TYPES[type] ?? 'PERSONAL_ACCESS_TOKEN',
    status: 'ACTIVE',
    scopes,
    externalId: number,
    createdAt: time('credential_authorized_at'),
    lastUsedAt: time('credential_accessed_at'),
    expiresAt: time('authorized_credential_expires_at'),
    attributes: { lastEight: textAt(item, 'token_last_eight'), authorisation: textAt(item, 'credential_id') },
  });
  to.draft.relate('ISSUED', user, id);
  if (to.managed) to.draft.relate('CREDENTIAL_OF', id, user);
  else reachAs(user, id, type === 'SSH key' ? undefined : scopes, to);
}

/**
 * What a token of a personal account reaches of ours: what its owner does, as far as its scopes go (mapping: "Login in
 * somebody's own name in our organisation").
 */
function reachAs(user: string, token: string, scopes: readonly string[] | undefined, to: Converting): void {
  const has = (scope: string) => scopes === undefined || scopes.includes(scope);
  for (const [target, permission] of to.reach.of(user)) {
    const isWhole = target === to.ids.whole;
    const reached = isWhole
      ? has('admin:org') || has('repo')
      : has('repo') || (has('public_repo') && to.isPublic(target));
    if (!reached) continue;
    // Without a scope that administers, it does at most what writing does; a key never does more.
    const most: Permission = scopes?.some((scope) => scope === 'repo' || scope.startsWith('admin:'))
      ? permission
      : 'WRITE';
    to.draft.relate('CAN_ACCESS', token, target, {
      permission: permission === 'ADMIN' ? most : permission,
      evidence: `as ${user.split('/').at(-1)} can`,
    });
  }
}

function addFineGrained(item: JsonObject, answer: Answer, to: Converting): void {
  const number = textAt(item, 'token_id') ?? textAt(item, 'id');
  const user = addUser(textAt(item, 'owner', 'login'), answer, to);
  if (number === undefined || user === undefined) return;
  const time = (field: string) => timeOf(textAt(item, field), answer.file, field, to.problems);
  const id = to.ids.token(number);
  const { permission, words } = permissionsOf(
    isObject(item.permissions) ? Object.values(item.permissions) : [],
  );
  to.draft.add({
    kind: 'Token',
    id,
    name: `fine-grained token ${textAt(item, 'token_name') ?? number} of ${textAt(item, 'owner', 'login')}`,
    tokenType: 'PERSONAL_ACCESS_TOKEN',
    status: 'ACTIVE',
    scopes: words,
    externalId: number,
    createdAt: time('access_granted_at'),
    lastUsedAt: time('token_last_used_at'),
    expiresAt: time('token_expires_at'),
  });
  to.draft.relate('ISSUED', user, id);
  chosenAccess(
    id,
    textAt(item, 'repository_selection'),
    permission,
    `the token ${textAt(item, 'token_name') ?? number}`,
    user,
    to,
  );
}

/** Mapping: "App's own permissions (Entra app role, GitHub App installation)". */
function addInstallation(item: JsonObject, answer: Answer, to: Converting): void {
  const number = textAt(item, 'id');
  const slug = textAt(item, 'app_slug') ?? textAt(item, 'app_id');
  if (number === undefined || slug === undefined) return;
  const [app, grant] = [to.ids.app(slug), to.ids.installation(number)];
  const suspended = textAt(item, 'suspended_at') !== undefined;
  const { permission, words } = permissionsOf([item.permissions]);
  const url = textAt(item, 'html_url');
  to.draft.add({
    kind: 'App',
    id: app,
    name: slug,
    status: suspended ? 'SUSPENDED' : 'ACTIVE',
    clientId: textAt(item, 'app_id'),
    url,
  });
  to.draft.add({
    kind: 'Grant',
    id: grant,
    name: `installation of ${slug}`,
    status: suspended ? 'REVOKED' : 'ACTIVE',
    grantType: 'APPLICATION',
    consentType: 'ALL_PRINCIPALS',
    scopes: words,
    externalId: number,
    createdAt: timeOf(textAt(item, 'created_at'), answer.file, 'created_at', to.problems),
    url,
  });
  to.draft.relate('GRANTED', app, grant);
  to.draft.relate('TO_APP', grant, app);
  chosenAccess(grant, textAt(item, 'repository_selection'), permission, `the app ${slug}`, undefined, to);
}

/** All repositories by the organisation; chosen ones are in no list that an organisation can ask for. */
function chosenAccess(
  from: string,
  selection: string | undefined,
  permission: Permission | undefined,
  what: string,
  account: string | undefined,
  to: Converting,
): void {
  if (permission === undefined || selection === 'none') return;
  if (selection === 'all') to.draft.relate('CAN_ACCESS', from, to.ids.whole, { permission });
  else
    to.draft.cannotRead(
      account ? ['CAN_ACCESS'] : ['APPROVED'],
      `Which repositories ${what} was given is in no file.`,
      account,
    );
}

/** The highest of the permissions in GitHub's form (`{ contents: 'write' }`), and each as a word. */
function permissionsOf(groups: readonly unknown[]): {
  readonly permission: Permission | undefined;
  readonly words: string[];
} {
  const pairs = groups.filter(isObject).flatMap((group) => Object.entries(group));
  const words = pairs.map(([name, level]) => `${name}:${String(level)}`).sort();
  const found = pairs.map(([, level]) => permissionNamed(String(level)));
  return { permission: (['ADMIN', 'WRITE', 'READ'] as const).find((one) => found.includes(one)), words };
}
