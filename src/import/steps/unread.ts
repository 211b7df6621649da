import type { CouldNotRead } from '../../model/could-not-read.js';
import { RELATIONSHIP_TYPES, type RelationshipRole, RULES } from '../../model/relationships.js';
import { quoteValue } from '../base/problems.js';
import type { SnapshotRun } from '../reconcile/run.js';
import { stillOpen } from '../rules/existing.js';
import type { ImportSession } from '../session/session.js';
import { meetEnds } from './ends.js';

/** Relationships over which a credential came from an account. */
const DERIVING: readonly RelationshipRole[] = ['CONSENT', 'ISSUANCE', 'DELEGATION'];
const DERIVING_TYPES = RULES.filter(({ role }) => DERIVING.includes(role)).map(({ type }) => type);

/** Words that are types of relationships; the others are kinds of entities. */
const TYPES: ReadonlySet<string> = new Set(RELATIONSHIP_TYPES);

/**
 * What a snapshot could not read (semantics, section 7): what is missing of it stays as it was.
 *
 * *Of an account* are the account itself and every Grant and Token that came from it, at any depth; the relationships
 * that one of these has; and the entities at the other ends of those.
 */
export class Unread {
  private readonly ofAll: ReadonlySet<string>;
  /** For each kind or type, the entities of the accounts of which it could not be read. */
  private readonly ofAccounts = new Map<string, Set<number>>();

  constructor(list: readonly CouldNotRead[]) {
    this.ofAll = new Set(list.flatMap(({ kinds, account }) => (account === null ? kinds : [])));
  }

  add(kind: string, entities: Iterable<number>): void {
    const known = this.ofAccounts.get(kind) ?? new Set();
    for (const entity of entities) known.add(entity);
    this.ofAccounts.set(kind, known);
  }

  /** Whether a thing of a kind or type could not be read. @param entities the entity, or the ends of the relationship */
  has(kind: string, ...entities: readonly number[]): boolean {
    if (this.ofAll.has(kind)) return true;
    const mine = this.ofAccounts.get(kind);
    return mine !== undefined && entities.some((entity) => mine.has(entity));
  }
}

/**
 * Finds what a snapshot could not read. It is called after all entities were read, and refuses accounts that nobody
 * knows: their blind spot would be lost.
 */
export async function findUnread(session: ImportSession, run: SnapshotRun): Promise<void> {
  const list = run.header.couldNotRead ?? [];
  const unread = new Unread(list);
  run.unread = unread;
  const ofOne = list.filter(({ account }) => account !== null);
  const unmet = ofOne.flatMap(({ account }) =>
    session.numbers.has(account as string) ? [] : [account as string],
  );
  await meetEnds(session, unmet);
  for (const { kinds, account } of ofOne) {
    const number = session.numbers.get(account as string) ?? 0;
    const kind = session.table.kindOf(number);
    if (kind !== 'Account') {
      // An account that was refused itself is reported already.
      if (number !== 0 || !session.numbers.has(account as string))
        refuse(session, run, account as string, kind);
      continue;
    }
    if (!run.header.full || !session.table.has(number, 'before')) continue;
    await addAccount(session, unread, kinds, number);
  }
}

function refuse(session: ImportSession, run: SnapshotRun, account: string, kind: string | undefined): void {
  const said = kind === undefined ? 'No entity has this id' : `This is the id of a ${kind}`;
  const message = `${said}: ${quoteValue(account)}. Name an account that is in the file or was imported before.`;
  session.problems.add(run.reader.header.place, {
    field: 'couldNotRead.account',
    rule: 'DANGLING_END',
    message,
  });
}

async function addAccount(
  session: ImportSession,
  unread: Unread,
  kinds: readonly string[],
  account: number,
): Promise<void> {
  const own = new Set([account]);
  for (let next = [account]; next.length > 0; ) {
    const found: number[] = [];
    for await (const records of stillOpen(session, next, DERIVING_TYPES, 'OUT')) {
      for (const { to } of records) if (!own.has(to)) found.push(to);
    }
    next = [...new Set(found)];
    for (const number of next) own.add(number);
  }
  const around = new Set(own);
  for await (const records of stillOpen(session, [...own], undefined, 'BOTH')) {
    for (const { from, to } of records) around.add(from).add(to);
  }
  for (const kind of kinds) unread.add(kind, TYPES.has(kind) ? own : around);
}
