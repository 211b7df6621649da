import type { CutSet, Step } from '../answers.js';
import { ofTypes, stepsInto, stepsOut, where } from '../collect-steps.js';
import { TOKEN } from '../kind-codes.js';
import { COPY, CUSTODY, DELEGATION, KNOWLEDGE, OWNERSHIP } from '../relationship-types.js';
import type { EntityNumber, GraphView } from '../view.js';
import { follow, type Holdings, passesStopping } from './holdings.js';
import { type KnownUnit, knowers } from './known-units.js';
import { type PathTree, PathTreeSet } from './path-tree.js';
import { type Person, sharedAccounts } from './person.js';
import { type Spent, spentIn } from './spent.js';
import { stopSustained } from './stop-sustained.js';

const knowsOrOwns = ofTypes(KNOWLEDGE, OWNERSHIP);
const delegates = ofTypes(DELEGATION);
const copies = ofTypes(COPY);
const custody = ofTypes(CUSTODY);

/** K(h): what must end when the person leaves, mostly accounts and credentials (semantics, section 3). */
export function cutOf(
  view: GraphView,
  person: Person,
  holdings: Holdings,
  known: readonly KnownUnit[],
): CutSet & WithEnding {
  const paths = holdings.paths.copy();
  const members = new Unspent(view);
  for (const holding of holdings.members) members.add(holding);
  for (const step of person.logins) paths.add(step);
  addKnownTokens(view, person, paths, members);
  addSharedTokens(view, person, paths, members);
  for (const unit of known) addStoredTokens(view, unit, paths, members);
  closeOverFamilies(view, paths, members);
  return new Cut(view, members, paths, holdings, person.humans);
}

/** A set that takes nothing that is spent: nobody has to end that, and it brings nothing into a cut. */
class Unspent extends Set<EntityNumber> {
  private readonly spent: Spent;

  constructor(view: GraphView) {
    super();
    this.spent = spentIn(view);
  }

  override add(entity: EntityNumber): this {
    return this.spent.has(entity) ? this : super.add(entity);
  }
}

/** What a cut knows of its end. */
interface WithEnding {
  /** The cut and the holdings, with what they and the person alone sustain: what W(h) is broken by. */
  readonly ending: Holdings;
}

class Cut extends PathTreeSet implements CutSet, WithEnding {
  private found: Holdings | undefined;

  constructor(
    private readonly view: GraphView,
    private readonly all: ReadonlySet<EntityNumber>,
    private readonly paths: PathTree,
    private readonly holdings: Holdings,
    private readonly humans: readonly EntityNumber[],
  ) {
    super(view, all, paths);
  }

  get ending(): Holdings {
    if (this.found === undefined) {
      const members = new Set([...this.holdings.members, ...this.all]);
      const paths = this.paths.copy();
      stopSustained(this.view, this.humans, members, paths);
      this.found = { members, paths };
    }
    return this.found;
  }

  isForeign(entity: EntityNumber): boolean {
    return this.has(entity) && !this.holdings.members.has(entity);
  }

  familyMateOf(entity: EntityNumber): EntityNumber {
    return this.paths.mateOf(entity);
  }
}

function addKnownTokens(view: GraphView, person: Person, paths: PathTree, members: Set<EntityNumber>): void {
  for (const who of knowers(person)) {
    for (const step of stepsOut(
      view,
      who,
      where(knowsOrOwns, (to) => view.kindOf(to) === TOKEN),
    )) {
      paths.add(step);
      members.add(step.to);
    }
  }
}

/** Adds the tokens that a shared account issued: the account stays, but the leaver held its tokens. */
function addSharedTokens(view: GraphView, person: Person, paths: PathTree, members: Set<EntityNumber>): void {
  const shared = sharedAccounts(view, person);
  follow(view, shared, passesStopping, paths, () => {});
  const seen = new Set<EntityNumber>(shared);
  for (const entity of seen) {
    view.eachOut(
      entity,
      (to, code) => {
        if (!passesStopping(code, to)) return;
        const isToken = view.kindOf(to) === TOKEN;
        // A token that is spent brings nothing into the cut.
        if (isToken && !members.add(to).has(to)) return;
        seen.add(to);
      },
      passesStopping.wanted,
    );
  }
}

function addStoredTokens(
  view: GraphView,
  known: KnownUnit,
  paths: PathTree,
  members: Set<EntityNumber>,
): void {
  if (known.unit.tokens.length === 0) return;
  for (const step of known.steps()) paths.add(step);
  const queue = [known.secret];
  const seen = new Set(queue);
  const walk = (step: Step, on: boolean) => {
    paths.add(step);
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

/** Adds the families and the delegated tokens of all tokens, until there are no more. */
function closeOverFamilies(view: GraphView, paths: PathTree, members: Set<EntityNumber>): void {
  const families = new Set<number>();
  for (const token of members) {
    if (view.kindOf(token) !== TOKEN) continue;
    for (const step of stepsOut(view, token, delegates)) {
      paths.add(step);
      members.add(step.to);
    }
    const family = view.familyOf(token);
    if (family === 0 || families.has(family)) continue;
    families.add(family);
    view.eachOfFamily(family, (mate) => {
      paths.addMate(mate, token);
      members.add(mate);
    });
  }
}
