import type { CutSet, Step } from './answers.js';
import { follow, type Holdings, passesStopping } from './holdings.js';
import { type KnownUnit, knowers } from './known-units.js';
import { isShared, type Person } from './person.js';
import {
  COPY,
  CUSTODY,
  DELEGATION,
  KNOWLEDGE,
  OWNERSHIP,
  ofTypes,
  stepsInto,
  stepsOut,
  TOKEN,
  where,
} from './roles.js';
import type { EntityNumber, GraphView } from './view.js';
import { WaySet, type Ways } from './ways.js';

const knowsOrOwns = ofTypes(KNOWLEDGE, OWNERSHIP);
const delegates = ofTypes(DELEGATION);
const copies = ofTypes(COPY);
const custody = ofTypes(CUSTODY);

/** K(h): what leaving makes necessary to end (semantics, section 3). */
export function cutOf(
  view: GraphView,
  person: Person,
  holdings: Holdings,
  known: readonly KnownUnit[],
): CutSet & { readonly asHoldings: Holdings } {
  const ways = holdings.ways.extended();
  const members = new Set(holdings.members);
  for (const step of person.logins) ways.add(step);
  addKnownTokens(view, person, ways, members);
  addSharedTokens(view, person, ways, members);
  for (const unit of known) addStoredTokens(view, unit, ways, members);
  closeOverFamilies(view, ways, members);
  return new Cut(view, members, ways, holdings);
}

class Cut extends WaySet implements CutSet {
  readonly asHoldings: Holdings;

  constructor(
    view: GraphView,
    members: ReadonlySet<EntityNumber>,
    private readonly ways: Ways,
    private readonly holdings: Holdings,
  ) {
    super(view, members, ways);
    this.asHoldings = { members, ways };
  }

  isForeign(entity: EntityNumber): boolean {
    return this.has(entity) && !this.holdings.members.has(entity);
  }

  familyMateOf(entity: EntityNumber): EntityNumber {
    return this.ways.mateOf(entity);
  }
}

function addKnownTokens(view: GraphView, person: Person, ways: Ways, members: Set<EntityNumber>): void {
  for (const who of knowers(person)) {
    for (const step of stepsOut(
      view,
      who,
      where(knowsOrOwns, (to) => view.kindOf(to) === TOKEN),
    )) {
      ways.add(step);
      members.add(step.to);
    }
  }
}

/** What a shared account issued: the account stays, but the leaver held its tokens. */
function addSharedTokens(view: GraphView, person: Person, ways: Ways, members: Set<EntityNumber>): void {
  const shared = person.accounts.filter((account) => isShared(view, person, account));
  follow(view, shared, passesStopping, ways, () => {});
  const seen = new Set<EntityNumber>(shared);
  for (const entity of seen) {
    view.eachOut(
      entity,
      (to, code) => {
        if (!passesStopping(code, to)) return;
        seen.add(to);
        if (view.kindOf(to) === TOKEN) members.add(to);
      },
      passesStopping.wanted,
    );
  }
}

function addStoredTokens(view: GraphView, known: KnownUnit, ways: Ways, members: Set<EntityNumber>): void {
  if (known.unit.tokens.length === 0) return;
  for (const step of known.steps()) ways.add(step);
  const queue = [known.secret];
  const seen = new Set(queue);
  const walk = (step: Step, on: boolean) => {
    ways.add(step);
    if (on && !seen.has(step.to)) {
      seen.add(step.to);
      queue.push(step.to);
    }
  };
  for (let at = 0; at < queue.length; at += 1) {
    const secret = queue[at]!;
    for (const step of stepsInto(view, secret, custody)) {
      walk(step, false);
      members.add(step.to);
    }
    for (const step of stepsOut(view, secret, copies)) walk(step, true);
    for (const step of stepsInto(view, secret, copies)) walk(step, true);
  }
}

/** Families and what was delegated, until nothing more comes in. */
function closeOverFamilies(view: GraphView, ways: Ways, members: Set<EntityNumber>): void {
  const families = new Set<number>();
  for (const token of members) {
    if (view.kindOf(token) !== TOKEN) continue;
    for (const step of stepsOut(view, token, delegates)) {
      ways.add(step);
      members.add(step.to);
    }
    const family = view.familyOf(token);
    if (family === 0 || families.has(family)) continue;
    families.add(family);
    view.eachOfFamily(family, (mate) => {
      ways.addMate(mate, token);
      members.add(mate);
    });
  }
}
