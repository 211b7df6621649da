import { ENTITY_FLAGS } from '../../model/rows.js';
import { ofTypes } from '../collect-steps.js';
import { ACCOUNT, GRANT, TOKEN } from '../kind-codes.js';
import { memoizeByView } from '../per-view.js';
import { CONSENT, DELEGATION, ISSUANCE } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { entityOf, startAt, walk } from '../walk/walk.js';

/** An account that the company cannot disable. */
export function isUnmanaged(view: GraphView, entity: EntityNumber): boolean {
  return view.kindOf(entity) === ACCOUNT && (view.flagsOf(entity) & ENTITY_FLAGS.managed) === 0;
}

/** What is spent in a view. It is computed once for each view, for as much as is asked about. */
export const spentIn: (view: GraphView) => Spent = memoizeByView((view) => new Spent(view));

/** Where a grant or a token comes from: who granted it, what issued it, and the tokens it was delegated from. */
const isOrigin = ofTypes(CONSENT, ISSUANCE, DELEGATION);

/**
 * The spent (semantics, section 2): the largest set of unmanaged accounts, with the grants and tokens that come from
 * these alone, from which the walk reaches nothing effective but members of the set. They are worth nothing to the
 * company: they are in no exposure and no cut, and nobody has to end them.
 *
 * A member needs others to be members: an account needs all that is effective and that it reaches, a grant or token
 * needs all its origins. So the search follows what is needed, from the one that is asked about; where it finds nothing
 * that cannot be spent, everything that it has found is. The grants and tokens need no walk of their own, because the
 * walk from their accounts passes them.
 */
export class Spent {
  private readonly known = new Map<EntityNumber, boolean>();
  /** What each needs; null: it is not spent, whatever others are. An account costs a walk, so it is kept. */
  private readonly needs = new Map<EntityNumber, readonly EntityNumber[] | null>();

  constructor(private readonly view: GraphView) {}

  has(entity: EntityNumber): boolean {
    return this.mayBeSpent(entity) && (this.known.get(entity) ?? this.search(entity));
  }

  /**
   * False for nearly everything, at once: one origin that cannot be spent is enough. It follows one origin of each,
   * back to an account.
   */
  private mayBeSpent(entity: EntityNumber): boolean {
    const { view } = this;
    let at = entity;
    for (let steps = 0; steps < ORIGINS_FOLLOWED; steps += 1) {
      const kind = view.kindOf(at);
      if (kind !== GRANT && kind !== TOKEN) return isUnmanaged(view, at);
      const origin = this.firstOrigin(at);
      if (origin === 0) return false;
      at = origin;
    }
    return true;
  }

  private firstOrigin(entity: EntityNumber): EntityNumber {
    let first = 0;
    this.view.eachIn(
      entity,
      (origin, code) => {
        if (!isOrigin(code, origin)) return;
        first = origin;
        return true;
      },
      isOrigin.wanted,
    );
    return first;
  }

  /** Follows what is needed until something is found that the first one cannot do without and that is not spent. */
  private search(first: EntityNumber): boolean {
    const needing: Needing = new Map([[first, []]]);
    // What is found on the way is added behind.
    for (const entity of needing.keys()) {
      if (this.known.get(entity) !== true) this.follow(entity, needing);
      if (this.known.get(first) === false) return false;
    }
    for (const entity of needing.keys()) if (!this.known.has(entity)) this.known.set(entity, true);
    return true;
  }

  private follow(entity: EntityNumber, needing: Needing): void {
    const needed = this.known.get(entity) === false ? null : this.neededBy(entity);
    if (needed === null) this.refuse(entity, needing);
    for (const other of needed ?? []) {
      const waiting = needing.get(other);
      if (waiting === undefined) needing.set(other, [entity]);
      else waiting.push(entity);
      // It may have been refused before it was known that this one needs it.
      if (this.known.get(other) === false) this.refuse(other, needing);
    }
  }

  /** An entity is not spent, nor is whatever needs it. */
  private refuse(entity: EntityNumber, needing: Needing): void {
    const queue = [entity];
    for (let refused = queue.pop(); refused !== undefined; refused = queue.pop()) {
      this.known.set(refused, false);
      for (const other of needing.get(refused) ?? []) if (this.known.get(other) !== false) queue.push(other);
    }
  }

  private neededBy(entity: EntityNumber): readonly EntityNumber[] | null {
    let needed = this.needs.get(entity);
    if (needed === undefined) {
      needed = this.view.kindOf(entity) === ACCOUNT ? this.reachedFrom(entity) : this.originsOf(entity);
      this.needs.set(entity, needed);
    }
    return needed;
  }

  /** Everything effective that the walk reaches from an unmanaged account; null where something cannot be spent. */
  private reachedFrom(account: EntityNumber): readonly EntityNumber[] | null {
    const { view } = this;
    if (!isUnmanaged(view, account)) return null;
    const reached = new Set<EntityNumber>();
    let isInUse = false;
    walk(view, startAt(view, account), (state) => {
      const entity = entityOf(state);
      if (entity === account || !view.isEffective(entity)) return false;
      reached.add(entity);
      isInUse = !this.mayBeSpent(entity);
      return isInUse;
    });
    return isInUse ? null : [...reached];
  }

  private originsOf(entity: EntityNumber): readonly EntityNumber[] | null {
    const { view } = this;
    const kind = view.kindOf(entity);
    if (kind !== GRANT && kind !== TOKEN) return null;
    const origins: EntityNumber[] = [];
    view.eachIn(
      entity,
      (origin, code) => {
        if (isOrigin(code, origin)) origins.push(origin);
      },
      isOrigin.wanted,
    );
    return origins.length === 0 ? null : origins;
  }
}

/** What a search has found, each with those that need it. */
type Needing = Map<EntityNumber, EntityNumber[]>;

/** How many origins are followed to rule something out; a circle of delegated tokens would have no end. */
const ORIGINS_FOLLOWED = 16;
