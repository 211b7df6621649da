import { ANSWERED_FOR, KINDS } from '../../model/kinds.js';
import { ofTypes, type StepFilter } from '../collect-steps.js';
import { ACCOUNT, GROUP, HUMAN, SERVICE_IDENTITY } from '../kind-codes.js';
import { LOGIN, MEMBERSHIP, OWNERSHIP } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';

/** Who is counted as gone when asked who answers. */
export interface Absence {
  /** The human who has left; 0: nobody. */
  readonly human: EntityNumber;
  /** An account that this person no longer has, though the human it stands for does; 0: none. */
  readonly account: EntityNumber;
  /** The human in whose place the person of that account stands; 0: nobody. */
  readonly standsFor: EntityNumber;
}

export const NOBODY_GONE: Absence = { human: 0, account: 0, standsFor: 0 };

const isOwnership = ofTypes(OWNERSHIP);
const isMembership = ofTypes(MEMBERSHIP);
const isLogin = ofTypes(LOGIN);
const MUST_ANSWER = KINDS.map((kind) => ANSWERED_FOR.includes(kind));

/** Live things of the kinds that somebody has to answer for. */
export function mustBeAnsweredFor(view: GraphView, entity: EntityNumber): boolean {
  return MUST_ANSWER[view.kindOf(entity)] === true && view.isLive(entity);
}

/**
 * Who answers while somebody is gone (semantics, section 3, orphans): the least fixpoint, so that a circle of
 * service identities or groups answers for nothing. Found out only for what is asked about and what that
 * rests on, and remembered.
 */
export class Accountability {
  private readonly known = new Map<EntityNumber, boolean>();

  constructor(
    private readonly view: GraphView,
    private readonly gone: Absence = NOBODY_GONE,
  ) {}

  /** Whether somebody answers for a thing: one of its owners answers. */
  isAnsweredFor(thing: EntityNumber): boolean {
    return this.anyAnswers(thing, isOwnership);
  }

  /** Whether an owner or member answers, as far as it counts. */
  private anyAnswers(thing: EntityNumber, relation: StepFilter): boolean {
    let found = false;
    this.view.eachIn(
      thing,
      (owner, code) => {
        found = relation(code, owner) && this.answers(owner);
        return found;
      },
      relation.wanted,
    );
    return found;
  }

  /** Whether a principal answers. */
  private answers(principal: EntityNumber): boolean {
    const { view } = this;
    const kind = view.kindOf(principal);
    if (kind === HUMAN) return view.isLive(principal) && principal !== this.gone.human;
    if (!view.isLive(principal)) return false;
    if (kind === ACCOUNT) return this.hasLiveHuman(principal);
    if (kind !== GROUP && kind !== SERVICE_IDENTITY) return false;
    if (!this.known.has(principal)) this.resolve(principal);
    return this.known.get(principal)!;
  }

  private hasLiveHuman(account: EntityNumber): boolean {
    const { view, gone } = this;
    let found = false;
    view.eachIn(
      account,
      (human, code) => {
        const left = human === gone.human || (account === gone.account && human === gone.standsFor);
        found = isLogin(code, human) && !left && view.isLive(human);
        return found;
      },
      isLogin.wanted,
    );
    return found;
  }

  /** Settles a group or service identity together with all undecided ones that it rests on. */
  private resolve(first: EntityNumber): void {
    const { view } = this;
    const rests = new Map<EntityNumber, EntityNumber[]>();
    const answering: EntityNumber[] = [];
    const open = new Set([first]);
    for (const principal of open) {
      const relation = view.kindOf(principal) === GROUP ? isMembership : isOwnership;
      view.eachIn(
        principal,
        (supporter, code) => {
          if (!relation(code, supporter)) return;
          const answer = this.knownAnswer(supporter);
          if (answer === true) answering.push(principal);
          if (answer === undefined) {
            open.add(supporter);
            const resting = rests.get(supporter);
            if (resting === undefined) rests.set(supporter, [principal]);
            else resting.push(principal);
          }
          return answer === true;
        },
        relation.wanted,
      );
    }
    for (let at = 0; at < answering.length; at += 1) {
      const principal = answering[at]!;
      if (this.known.get(principal) === true) continue;
      this.known.set(principal, true);
      answering.push(...(rests.get(principal) ?? []));
    }
    for (const principal of open) if (!this.known.has(principal)) this.known.set(principal, false);
  }

  /** What is known of a supporter without further search; undefined: it rests on others. */
  private knownAnswer(supporter: EntityNumber): boolean | undefined {
    const kind = this.view.kindOf(supporter);
    if (kind !== GROUP && kind !== SERVICE_IDENTITY) return this.answers(supporter);
    if (!this.view.isLive(supporter)) return false;
    return this.known.get(supporter);
  }
}
