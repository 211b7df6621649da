import type { Step } from '../answers.js';
import { ofTypes, stepsOut } from '../collect-steps.js';
import { HUMAN } from '../kind-codes.js';
import { LOGIN } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { type Absence, NOBODY_GONE } from './accountability.js';
import { PathTree } from './path-tree.js';

/**
 * The person that a radius is about: a human with all accounts, several humans who count as one (semantics, section 3,
 * several people at once), or somebody who has just one account.
 */
export interface Person {
  /** The humans or the account that was asked about, in order of id. Every path begins at one of them. */
  readonly starts: readonly EntityNumber[];
  /** In order of id; none where an account was asked about. */
  readonly humans: readonly EntityNumber[];
  /** In order of id, each once. */
  readonly accounts: readonly EntityNumber[];
  /** The steps from the humans to the accounts; none where an account was asked about. */
  readonly logins: readonly Step[];
  /**
   * Where an account was asked about, the one live human who has it; 0 where nobody or several people have it, and
   * where humans were asked about.
   */
  readonly standsFor: EntityNumber;
}

const isLogin = ofTypes(LOGIN);

/**
 * The person that a radius is about.
 *
 * @param asked a human or an account, or several humans
 */
export function personOf(view: GraphView, asked: EntityNumber | readonly EntityNumber[]): Person {
  const starts = inOrder(view, typeof asked === 'number' ? [asked] : asked);
  const [start = 0] = starts;
  if (starts.every((one) => view.kindOf(one) === HUMAN)) {
    const logins = starts.flatMap((human) => stepsOut(view, human, isLogin));
    const accounts = inOrder(
      view,
      logins.map((step) => step.to),
    );
    return { starts, humans: starts, accounts, logins, standsFor: 0 };
  }
  const holders = liveHolders(view, start, [], 2);
  const standsFor = holders.length === 1 ? holders[0]! : 0;
  return { starts, humans: [], accounts: [start], logins: [], standsFor };
}

function inOrder(view: GraphView, entities: readonly EntityNumber[]): EntityNumber[] {
  return [...new Set(entities)].sort((a, b) => view.compare(a, b));
}

/** Whether another live human has the account too, somebody who does not belong to the person (semantics, section 3). */
export function isShared(view: GraphView, person: Person, account: EntityNumber): boolean {
  const { humans, standsFor } = person;
  const own = humans.length > 0 || standsFor === 0 ? humans : [standsFor];
  return liveHolders(view, account, own, 1).length > 0;
}

/** The accounts of a person that nobody else who is live has. */
export function unsharedAccounts(view: GraphView, person: Person): EntityNumber[] {
  return person.accounts.filter((account) => !isShared(view, person, account));
}

/** The accounts of a person that another live human has too. */
export function sharedAccounts(view: GraphView, person: Person): EntityNumber[] {
  return person.accounts.filter((account) => isShared(view, person, account));
}

/** The absence of a person, when it is asked who answers for a thing once the person is gone. */
export function absenceOf({ humans, starts, standsFor }: Person): Absence {
  if (humans.length > 0) return { ...NOBODY_GONE, humans: new Set(humans) };
  return { ...NOBODY_GONE, account: starts[0] ?? 0, standsFor };
}

/** The paths to the accounts of a person, or only those that `keep` accepts. */
export function pathsToAccounts(
  person: Person,
  keep: (account: EntityNumber) => boolean = () => true,
): PathTree {
  const paths = new PathTree(...person.starts);
  for (const step of person.logins) if (keep(step.to)) paths.add(step);
  return paths;
}

/** Live humans, other than `but`, that have an account; at most `limit` of them. */
function liveHolders(
  view: GraphView,
  account: EntityNumber,
  but: readonly EntityNumber[],
  limit: number,
): EntityNumber[] {
  const holders: EntityNumber[] = [];
  view.eachIn(
    account,
    (human, code) => {
      if (isLogin(code, human) && !but.includes(human) && view.isLive(human)) holders.push(human);
      return holders.length >= limit;
    },
    isLogin.wanted,
  );
  return holders;
}
