import { formatTime, parseTime } from '../model/time.js';
import type { RowProblems } from './row-problems.js';
import type { SnapshotDraft } from './snapshot-draft.js';

/** A login in a directory, as an export of it says. */
export interface DirectoryAccount {
  readonly id: string;
  readonly externalId?: string | undefined;
  readonly name: string;
  readonly login: string;
  /** The address by which its human is found; undefined: nobody's, as far as the directory says. */
  readonly email: string | undefined;
  readonly disabled: boolean;
  readonly createdAt?: string | undefined;
  readonly lastUsedAt?: string | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
}

/** The kinds and types that {@link addAccount} writes. */
export const ACCOUNT_KINDS = ['Account', 'HAS_ACCOUNT'] as const;

/** Adds the Account, and that the human with its address has it. False where there is one with its id. */
export function addAccount(draft: SnapshotDraft, account: DirectoryAccount): boolean {
  const { id, email, disabled, ...rest } = account;
  const isNew = draft.add({
    kind: 'Account',
    id,
    ...rest,
    status: disabled ? 'DISABLED' : 'ACTIVE',
  });
  if (isNew && email !== undefined) draft.relate('HAS_ACCOUNT', { humanEmail: email.toLowerCase() }, id);
  return isNew;
}

/** What vendors write where something never happened. */
const NEVER = /^(never|none|null|n\/a|-|1970-01-01t00:00:00(\.000)?z?|0001-01-01t00:00:00z)$/i;

/** A time of an export in Tendril's form; undefined where it says that there is none. What is no time is a problem. */
export function timeOf(
  text: string | undefined,
  row: string,
  field: string,
  problems: RowProblems,
): string | undefined {
  if (text === undefined || NEVER.test(text)) return undefined;
  const at =
    parseTime(text) ??
    parseTime(text.replace(' ', 'T').replace(/([+-]\d\d)(\d\d)$/, '$1:$2')) ??
    parseTime(`${text.replace(' ', 'T')}Z`);
  if (at === undefined)
    problems.add(row, field, 'NOT_A_TIME', `has ${field} ${text}, which is no time in ISO 8601.`);
  return at === undefined ? undefined : formatTime(at);
}

/** A yes or no of an export; undefined where the cell is empty. What is neither is a problem. */
export function flagOf(
  text: string | undefined,
  row: string,
  field: string,
  problems: RowProblems,
): boolean | undefined {
  const word = text?.toLowerCase();
  if (word === undefined || word === '') return undefined;
  if (['true', 'yes', '1', 'enabled'].includes(word)) return true;
  if (['false', 'no', '0', 'disabled', 'never'].includes(word)) return false;
  problems.add(row, field, 'NOT_A_FLAG', `has ${field} ${text}, which is neither true nor false.`);
  return undefined;
}
