import type { CutSet } from '../../graph/answers.js';
import { ofTypes } from '../../graph/collect-steps.js';
import { SECRET, TOKEN } from '../../graph/kind-codes.js';
import type { Holdings } from '../../graph/radii/holdings.js';
import { type Person, unsharedAccounts } from '../../graph/radii/person.js';
import type { RotationUnits } from '../../graph/radii/rotation-units.js';
import { DELEGATION, DEPENDENCY, IDENTITY, ISSUANCE, USE } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';

const uses = ofTypes(USE);
const runsAs = ofTypes(IDENTITY);
const dependsOn = ofTypes(DEPENDENCY);
const issues = ofTypes(ISSUANCE);
const delegates = ofTypes(DELEGATION);

/**
 * Effective foreign tokens of the cut that cannot be reissued: they have issuers or parents, no issuer is effective,
 * and no parent is, but for those in the cut that cannot be reissued either (semantics, section 4).
 */
export function notReissuable(view: GraphView, cut: CutSet): Set<EntityNumber> {
  const known = new Map<EntityNumber, boolean>();
  const cannot = (token: EntityNumber): boolean => {
    const before = known.get(token);
    if (before !== undefined) return before;
    // Delegation has no cycle; the mark only keeps a broken graph from running for ever.
    known.set(token, false);
    const result = hasNoWay(view, token, (parent) => cut.has(parent) && cannot(parent));
    known.set(token, result);
    return result;
  };
  const found = cut.members
    .map((member) => member.entity)
    .filter((entity) => view.kindOf(entity) === TOKEN && view.isEffective(entity) && cut.isForeign(entity));
  return new Set(found.filter(cannot));
}

function hasNoWay(view: GraphView, token: EntityNumber, isLost: (parent: EntityNumber) => boolean): boolean {
  let sources = 0;
  let way = false;
  view.eachIn(token, (from, code) => {
    if (issues(code, from)) {
      sources += 1;
      way = way || view.isEffective(from);
    } else if (delegates(code, from)) {
      sources += 1;
      way = way || (view.isEffective(from) && !isLost(from));
    }
    return way;
  });
  return sources > 0 && !way;
}

/** Tells what of a person a workload stands on (semantics, section 4). */
export class Standing {
  /** The accounts of the person that nobody else has. */
  private readonly accounts: ReadonlySet<EntityNumber>;

  /** @param held the holdings H(h), and the tokens that count as holdings */
  constructor(
    private readonly view: GraphView,
    private readonly units: RotationUnits,
    person: Person,
    readonly held: ReadonlySet<EntityNumber>,
  ) {
    this.accounts = new Set(unsharedAccounts(view, person));
  }

  /** Everything of the person that a workload stands on: accounts, grants, tokens, and secrets that store one. */
  on(workload: EntityNumber): EntityNumber[] {
    const found: EntityNumber[] = [];
    this.view.eachOut(workload, (target, code) => {
      if (this.isStoodOn(target, code)) found.push(target);
    });
    return found;
  }

  stands(workload: EntityNumber): boolean {
    let found = false;
    this.view.eachOut(workload, (target, code) => {
      found = this.isStoodOn(target, code);
      return found;
    });
    return found;
  }

  private isStoodOn(target: EntityNumber, code: number): boolean {
    if (uses(code, target)) {
      return this.view.kindOf(target) === SECRET ? this.stores(target) : this.held.has(target);
    }
    if (runsAs(code, target)) return this.accounts.has(target);
    if (!dependsOn(code, target)) return false;
    return this.view.kindOf(target) === SECRET ? this.stores(target) : this.accounts.has(target);
  }

  private stores(secret: EntityNumber): boolean {
    return this.units.of(secret).tokens.some((token) => this.held.has(token));
  }
}

/** The holdings H(h), and the foreign tokens that count as holdings because they cannot be reissued. */
export function heldBy(holdings: Holdings, lost: ReadonlySet<EntityNumber>): ReadonlySet<EntityNumber> {
  return new Set([...holdings.members, ...lost]);
}
