import type { ReachSet } from '../../graph/answers.js';
import { ofTypes, type StepFilter, stepsOut } from '../../graph/collect-steps.js';
import { HUMAN, SECRET } from '../../graph/kind-codes.js';
import { Accountability, mustBeAnsweredFor } from '../../graph/radii/accountability.js';
import { isAdministration } from '../../graph/radii/administrators.js';
import { breakageOf } from '../../graph/radii/continuity.js';
import { exposureOf } from '../../graph/radii/exposure.js';
import { holdingsOf } from '../../graph/radii/holdings.js';
import { PathTree, PathTreeSet } from '../../graph/radii/path-tree.js';
import { personOf } from '../../graph/radii/person.js';
import { RotationUnits } from '../../graph/radii/rotation-units.js';
import { stopSustained } from '../../graph/radii/stop-sustained.js';
import { CONTAINMENT, LOGIN, MEMBERSHIP, OWNERSHIP } from '../../graph/relationship-types.js';
import type { EntityNumber, GraphView } from '../../graph/view.js';
import { KINDS, type Kind, STATUSES, type Status } from '../../model/kinds.js';
import { revocationClosure } from '../decide/revocation-closure.js';
import { OverlayView } from '../plan/overlay-view.js';

/** Something that would end. */
export interface HypotheticalEnd {
  readonly entity: EntityNumber;
  /** Only itself, and what it alone sustains; else also everything that revoking it ends. */
  readonly alone: boolean;
}

/** What the graph would be if some things ended, by the same rules as everywhere. */
export interface Hypothesis {
  /** Everything that would end, whatever its status now. */
  readonly ended: ReachSet;
  /** The live workloads that work now and would not. */
  readonly stops: ReachSet;
  /** The live things for which somebody answers now and nobody would. */
  readonly unanswered: ReachSet;
  /** What a human or an account could still use. */
  stillReached(start: EntityNumber): ReachSet;
}

/**
 * The graph as it would be (semantics, sections 3 and 5). What ends with a human are the holdings, of several humans
 * together; with a token, grant, account, identity or app what its revocation ends; with a secret its copies and the
 * tokens that they store, with their revocations; any other thing ends by itself.
 */
export function hypothesisOf(view: GraphView, ends: readonly HypotheticalEnd[]): Hypothesis {
  const { gone, members, paths } = endedBy(view, ends);
  const overlay = new OverlayView(
    view,
    [...gone, ...members].map((entity) => {
      const kind = KINDS[view.kindOf(entity)] as Kind;
      return { change: 'SET_STATUS', entity: view.idOf(entity), status: STATUSES[kind].ended as Status };
    }),
  );
  const breakage = breakageOf(view, new RotationUnits(view), { members, paths });
  return {
    ended: new PathTreeSet(view, [...gone, ...members], paths),
    stops: new PathTreeSet(view, breakage.workloads, breakage.paths),
    unanswered: unansweredIn(view, overlay, [...gone, ...members]),
    stillReached: (start) => exposureOf(overlay, start),
  };
}

interface Ended {
  /** The humans who are gone. */
  readonly gone: readonly EntityNumber[];
  readonly members: Set<EntityNumber>;
  readonly paths: PathTree;
}

function endedBy(view: GraphView, ends: readonly HypotheticalEnd[]): Ended {
  const units = new RotationUnits(view);
  const revoked = ends
    .filter(({ entity, alone }) => !alone && view.kindOf(entity) !== HUMAN)
    .flatMap(({ entity }) => (view.kindOf(entity) === SECRET ? withUnit(units, entity) : [entity]));
  const paths = new PathTree(...ends.map(({ entity }) => entity), ...revoked);
  const members = new Set<EntityNumber>();
  const gone = ends.filter(({ entity }) => view.kindOf(entity) === HUMAN).map(({ entity }) => entity);
  const leaving = ends
    .filter(({ entity, alone }) => !alone && gone.includes(entity))
    .map(({ entity }) => entity);
  const take = (entities: Iterable<EntityNumber>, known: PathTree) => {
    for (const entity of entities) {
      for (const step of known.pathTo(entity)) paths.add(step);
      const mate = known.mateOf(entity);
      if (mate !== 0) paths.addMate(entity, mate);
      members.add(entity);
    }
  };
  if (leaving.length > 0) {
    const holdings = holdingsOf(view, personOf(view, leaving));
    take(holdings.members, holdings.paths);
  }
  for (const target of revoked) {
    const closure = revocationClosure(view, target);
    take(closure.members, closure.paths);
  }
  for (const { entity, alone } of ends) if (alone && !gone.includes(entity)) members.add(entity);
  stopSustained(view, gone, members, paths);
  return { gone, members, paths };
}

function withUnit(units: RotationUnits, secret: EntityNumber): EntityNumber[] {
  const unit = units.of(secret);
  return [...unit.members, ...unit.tokens];
}

const isPart = ofTypes(LOGIN, OWNERSHIP, MEMBERSHIP, CONTAINMENT);
/** Whatever can have a part in answering leads this way: to accounts, groups, what is owned, administered or contained. */
const leads: StepFilter = Object.assign(
  (code: number, to: EntityNumber) => isPart(code, to) || isAdministration(code, to),
  { wanted: { types: isPart.wanted.types | isAdministration.wanted.types } },
);

function unansweredIn(view: GraphView, then: GraphView, ended: readonly EntityNumber[]): ReachSet {
  const paths = new PathTree(...ended);
  const queue = [...ended];
  for (let at = 0; at < queue.length; at += 1) {
    for (const step of stepsOut(view, queue[at]!, leads)) if (paths.add(step)) queue.push(step.to);
  }
  const [now, later] = [new Accountability(view), new Accountability(then)];
  const found = queue.filter(
    (thing) => mustBeAnsweredFor(then, thing) && now.isAnsweredFor(thing) && !later.isAnsweredFor(thing),
  );
  return new PathTreeSet(view, found, paths);
}
