import type { Step } from '../answers.js';
import { ofTypes, stepsOut } from '../collect-steps.js';
import { HUMAN } from '../kind-codes.js';
import { LOGIN } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { PathTree } from './path-tree.js';

/** The person that a radius is about: a human with all accounts, or somebody who has just one account. */
export interface Person {
  readonly start: EntityNumber;
  /** 0 where an account was asked about. */
  readonly human: EntityNumber;
  /** In order of id. */
  readonly accounts: readonly EntityNumber[];
  /** The steps from the human to the accounts; none where an account was asked about. */
  readonly logins: readonly Step[];
  /**
   * Where an account was asked about, the one live human who has it; 0 where nobody or several people have it, and
   * where a human was asked about.
   */
  readonly standsFor: EntityNumber;
}

const isLogin = ofTypes(LOGIN);

/** The person that a radius is about. */
export function personOf(view: GraphView, start: EntityNumber): Person {
  if (view.kindOf(start) === HUMAN) {
    const logins = stepsOut(view, start, isLogin);
    return { start, human: start, accounts: logins.map((step) => step.to), logins, standsFor: 0 };
  }
  const holders = liveHolders(view, start, 0, 2);
  const standsFor = holders.length === 1 ? holders[0]! : 0;
  return { start, human: 0, accounts: [start], logins: [], standsFor };
}

/** Whether another live human has the account too (semantics, section 3). */
export function isShared(view: GraphView, person: Person, account: EntityNumber): boolean {
  return liveHolders(view, account, person.human || person.standsFor, 1).length > 0;
}

/** The paths to the accounts of a person, or only those that `keep` accepts. */
export function pathsToAccounts(
  person: Person,
  keep: (account: EntityNumber) => boolean = () => true,
): PathTree {
  const paths = new PathTree(person.start);
  for (const step of person.logins) if (keep(step.to)) paths.add(step);
  return paths;
}

/** Live humans, other than `but`, that have an account; at most `limit` of them. */
function liveHolders(
  view: GraphView,
  account: EntityNumber,
  but: EntityNumber,
  limit: number,
): EntityNumber[] {
  const holders: EntityNumber[] = [];
  view.eachIn(
    account,
    (human, code) => {
      if (isLogin(code, human) && human !== but && view.isLive(human)) holders.push(human);
      return holders.length >= limit;
    },
    isLogin.wanted,
  );
  return holders;
}
