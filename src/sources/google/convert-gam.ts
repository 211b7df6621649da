import type { Conversion } from '../conversion.js';
import { ACCOUNT_KINDS } from '../directory-account.js';
import { type ExportRows, readExport } from '../export-rows.js';
import { RowProblems } from '../row-problems.js';
import { SnapshotDraft } from '../snapshot-draft.js';
import { addTokens } from './tokens.js';
import { addUsers } from './users.js';

/** A list as GAM writes it: its name for messages, and its text (CSV). */
export interface GamList {
  readonly file: string;
  readonly text: string;
}

/** What is converted: either list, or both, which is best. */
export interface GamLists {
  readonly users?: GamList;
  readonly tokens?: GamList;
}

const OF_USERS = [...ACCOUNT_KINDS, 'Group', 'Resource', 'CAN_ACCESS', 'MEMBER_OF'];
const OF_TOKENS = ['App', 'Grant', 'Token', 'GRANTED', 'TO_APP', 'ISSUED', 'OWNS'];
/** What comes of a consent. */
const CONSENTS = ['GRANTED', 'Grant', 'ISSUED', 'Token'];

/** Of how many accounts it is said one by one what could not be read: a header has room for ten thousand. */
const MOST_ACCOUNTS = 5_000;

const BOTH = ['Account', 'HAS_ACCOUNT', 'Resource', 'CAN_ACCESS'];

const UNREAD: readonly (readonly [kinds: readonly string[], because: string])[] = [
  [['Job'], 'Apps Script triggers, which run as their author, cannot be listed by any API of Google.'],
  [
    ['ServiceIdentity', 'APPROVED'],
    'Clients with domain-wide delegation and apps that an administrator installed for everybody are in no list of GAM tokens.',
  ],
];

/**
 * Turns lists of GAM (Google Workspace) into one full snapshot: of `gam print users` the Accounts, of `gam all users print
 * tokens` the consents. Ids are by address: `<source>/user/<address>`, `<source>/grant/<address>/<client id>`.
 *
 * With one list alone, what only the other has stays as an earlier snapshot had it.
 *
 * @throws BAD_INPUT with every row that is wrong
 */
export async function convertGam(
  { users, tokens }: GamLists,
  options: { readonly source: string; readonly syncedAt: string },
): Promise<Conversion> {
  const problems = new RowProblems();
  const read = async (list: GamList | undefined): Promise<ExportRows | undefined> =>
    list && readExport(list.file, list.text, problems);
  const [userTable, tokenTable] = [await read(users), await read(tokens)];
  problems.refuseIfAny();
  const draft = new SnapshotDraft();
  const { source, syncedAt } = options;
  const out = users && userTable ? addUsers(users.file, userTable, source, draft, problems) : [];
  if (tokens && tokenTable) {
    addTokens(tokens.file, tokenTable, { source, known: users !== undefined }, draft, problems);
  }
  problems.refuseIfAny();
  say({ ...(users && { users }), ...(tokens && { tokens }) }, out, draft);
  return draft.finish({
    id: source,
    vendor: 'google',
    name: `Google Workspace ${source.replace(/^google:/, '')}`,
    syncedAt,
    reports: [...new Set([...(users ? OF_USERS : BOTH), ...(tokens ? OF_TOKENS : [])])],
  });
}

/** `out`: the accounts that cannot sign in. */
function say({ users, tokens }: GamLists, out: readonly string[], draft: SnapshotDraft): void {
  for (const [kinds, because] of UNREAD) draft.cannotRead(kinds, because);
  if (!tokens) {
    draft.cannotRead(
      OF_TOKENS,
      'The list of tokens (gam all users print tokens) was not given: what apps users let act for them is unknown.',
    );
  } else {
    // Google refuses to list the consents of somebody who is suspended, and GAM then writes no row.
    for (const account of out.slice(0, MOST_ACCOUNTS)) {
      draft.cannotRead(
        CONSENTS,
        'Google lists no consents of a suspended user: what was let act for this one is unknown.',
        account,
      );
    }
    if (out.length > MOST_ACCOUNTS) {
      draft.cannotRead(
        CONSENTS,
        `Google lists no consents of suspended users, of whom there are ${out.length}.`,
      );
    }
  }
  if (!users) {
    draft.cannotRead(
      ['Account', 'Group', 'MEMBER_OF'],
      'The list of users (gam print users allfields) was not given: who is suspended, and who administers, is unknown.',
    );
  }
}
