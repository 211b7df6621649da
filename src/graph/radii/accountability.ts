import { ANSWERED_FOR, KINDS } from '../../model/kinds.js';
import { ofTypes } from '../collect-steps.js';
import { ACCOUNT, GROUP, HUMAN, SERVICE_IDENTITY } from '../kind-codes.js';
import { LOGIN, MEMBERSHIP, OWNERSHIP } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { Administrators } from './administrators.js';

/** Who counts as gone when it is asked who answers for a thing. */
export interface Absence {
  /** The humans who count as not live. */
  readonly humans: ReadonlySet<EntityNumber>;
  /** An account that the human in {@link standsFor} no longer has; 0: none. */
  readonly account: EntityNumber;
  /** The human who no longer has that account; 0: nobody. */
  readonly standsFor: EntityNumber;
}

/** The state as it is: nobody counts as gone. */
export const NOBODY_GONE: Absence = { humans: new Set(), account: 0, standsFor: 0 };

const isOwnership = ofTypes(OWNERSHIP);
const isMembership = ofTypes(MEMBERSHIP);
const isLogin = ofTypes(LOGIN);
const MUST_ANSWER = KINDS.map((kind) => ANSWERED_FOR.includes(kind));

/** Whether an entity is live and of a kind that somebody has to answer for. */
export function mustBeAnsweredFor(view: GraphView, entity: EntityNumber): boolean {
  return MUST_ANSWER[view.kindOf(entity)] === true && view.isLive(entity);
}

/**
 * Tells whether somebody answers for a thing while somebody else is gone (semantics, section 3, orphans). It is a least
 * fixpoint, so a circle of service identities or groups answers for nothing. It is computed only for the things that
 * are asked about and for the principals that they depend on, and then remembered.
 */
export class Accountability {
  private readonly known = new Map<EntityNumber, boolean>();
  private readonly administrators: Administrators;

  constructor(
    private readonly view: GraphView,
    private readonly gone: Absence = NOBODY_GONE,
  ) {
    this.administrators = new Administrators(view, (principal) => this.answers(principal));
  }

  /** Whether somebody answers for a thing: one of its owners, or of the administrators of a Resource without any. */
  isAnsweredFor(thing: EntityNumber): boolean {
    let owned = false;
    let answered = false;
    this.view.eachIn(
      thing,
      (owner, code) => {
        if (!isOwnership(code, owner)) return;
        owned = true;
        answered = this.answers(owner);
        return answered;
      },
      isOwnership.wanted,
    );
    return answered || (!owned && this.administrators.answerFor(thing));
  }

  /** Whether a principal answers. */
  private answers(principal: EntityNumber): boolean {
    const { view } = this;
    const kind = view.kindOf(principal);
    if (kind === HUMAN) return view.isLive(principal) && !this.gone.humans.has(principal);
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
        const left = gone.humans.has(human) || (account === gone.account && human === gone.standsFor);
        found = isLogin(code, human) && !left && view.isLive(human);
        return found;
      },
      isLogin.wanted,
    );
    return found;
  }

  /** Computes the answer of a group or service identity, together with all unknown ones that it depends on. */
  private resolve(first: EntityNumber): void {
    const { view } = this;
    const dependents = new Map<EntityNumber, EntityNumber[]>();
    const answering: EntityNumber[] = [];
    const unknown = new Set([first]);
    for (const principal of unknown) {
      const relation = view.kindOf(principal) === GROUP ? isMembership : isOwnership;
      view.eachIn(
        principal,
        (supporter, code) => {
          if (!relation(code, supporter)) return;
          const answer = this.knownAnswer(supporter);
          if (answer === true) answering.push(principal);
          if (answer === undefined) {
            unknown.add(supporter);
            const waiting = dependents.get(supporter);
            if (waiting === undefined) dependents.set(supporter, [principal]);
            else waiting.push(principal);
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
      answering.push(...(dependents.get(principal) ?? []));
    }
    for (const principal of unknown) if (!this.known.has(principal)) this.known.set(principal, false);
  }

  /** Whether a supporter answers, where that is known without a search; undefined: it depends on others. */
  private knownAnswer(supporter: EntityNumber): boolean | undefined {
    const kind = this.view.kindOf(supporter);
    if (kind !== GROUP && kind !== SERVICE_IDENTITY) return this.answers(supporter);
    if (!this.view.isLive(supporter)) return false;
    return this.known.get(supporter);
  }
}
