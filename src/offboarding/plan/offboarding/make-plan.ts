import { SECRET } from '../../../graph/kind-codes.js';
import { knownUnits } from '../../../graph/radii/known-units.js';
import { type PersonRadii, radiiOf } from '../../../graph/radii/radii.js';
import type { EntityNumber, GraphView } from '../../../graph/view.js';
import { formatTime, type Millis } from '../../../model/time.js';
import { type Decisions, decideAll } from '../../decide/decisions.js';
import { reissued } from '../../decide/guards.js';
import { type Override, requireOverrides } from '../../decide/overrides.js';
import { revocationClosure } from '../../decide/revocation-closure.js';
import { successorOf } from '../../decide/successor.js';
import type { Policy } from '../../policy/policy.js';
import { type Facts, PlanContext } from '../context.js';
import { downtimeOf } from '../downtime.js';
import { PlanDraft } from '../draft-plan.js';
import { planHash } from '../ids.js';
import { actedOn, type KnownSources, notKnownOf } from '../known-sources.js';
import { notedOf, standingOnPersons } from '../noted.js';
import { confirmRuns } from '../phases/confirm.js';
import { declareElsewhere } from '../phases/declarations.js';
import { fence } from '../phases/fence.js';
import { handOver } from '../phases/hand-over.js';
import { handOverOwnership, needsSuccessor } from '../phases/ownership.js';
import { type MustWait, rehome } from '../phases/provision.js';
import { Reissuing } from '../phases/reissue.js';
import { disableLocked, endings, isLongLived, revoke, toRevoke } from '../phases/revoke.js';
import { rotate, takenOut, unitsToRotate } from '../phases/rotate.js';
import { endReach, notOurs } from '../phases/unmanaged.js';
import { type Mode, PLAN_VERSION, type PlanBody, type PlannedDecision } from '../plan.js';
import type { Plan } from '../plan-result.js';
import { subjectOf } from '../policy-subject.js';

/** Input of {@link makePlan}. */
export interface PlanInput {
  /** The graph, judged at `evaluatedAt`. */
  readonly view: GraphView;
  readonly human: EntityNumber;
  /** Others who leave together with this one, by one plan; left out: nobody. */
  readonly together?: readonly EntityNumber[];
  readonly policy: Policy;
  readonly policyHash: string;
  readonly facts: Facts;
  readonly known: KnownSources;
  readonly evaluatedAt: Millis;
  readonly mode: Mode;
  readonly lastWorkingDay: Millis | null;
  /** Id of the default successor that a person named; null: the nearest possible person upwards. */
  readonly successor: string | null;
  /** Ids of humans with an open case: they are successors only if they are named. */
  readonly openCases: ReadonlySet<string>;
  readonly overrides: ReadonlyMap<EntityNumber, Override>;
}

/**
 * Plans an offboarding (semantics, sections 4 and 5). The same inputs make the same bytes.
 *
 * @throws BAD_INPUT for a successor who cannot be one and for a decision that no person may take
 */
export function makePlan(input: PlanInput): Plan {
  const { view, facts, policy, evaluatedAt } = input;
  const humans = leavers(input);
  const radii = radiiOf(view, humans, { rotateReadable: policy.rotateReadable });
  const overrides = new Map([...input.overrides].map(([entity, { action }]) => [entity, action]));
  const decisions = decideAll({
    view,
    radii,
    policy,
    evaluatedAt,
    overrides,
    subjectOf: (entity) => subjectOf(facts, entity),
  });
  requireOverrides({ view, humans, decisions }, input.overrides);
  const successor = successorOf({
    view,
    humans,
    asked: input.successor,
    openCases: input.openCases,
    statusOf: (human) => facts.recordOf(human).status,
  });
  const plan = new PlanDraft();
  const context = new PlanContext(view, radii, decisions, facts, plan, {
    mode: input.mode,
    evaluatedAt: formatTime(evaluatedAt),
    successor,
    overrides: input.overrides,
  });
  planPhases(context, policy);
  const body = bodyOf(input, context);
  return {
    body,
    hash: planHash(body),
    because: new Map(body.actions.map(({ id }) => [id, plan.becauseOf(id)])),
    following: decisions.following.map((entity) => view.idOf(entity)),
    standing: standingIn(decisions).map((entity) => view.idOf(entity)),
    needsDecision: undecided(context),
    downtime: downtimeOf(view, input.mode, body.actions),
    noted: [...notedOf(view, radii, body.actions), ...standingOnPersons(view, body.decisions)],
  };
}

/** Who leaves, each once. */
const leavers = ({ human, together = [] }: PlanInput): EntityNumber[] => [...new Set([human, ...together])];

/** One who leaves is named by `human`, several by `humans`. */
function whoLeaves(context: PlanContext): Pick<PlanBody, 'human' | 'humans'> {
  const { leavers } = context;
  return leavers.length === 1 ? { human: leavers[0]! } : { human: null, humans: leavers };
}

function planPhases(context: PlanContext, policy: Policy): void {
  const { view, radii, decisions } = context;
  const ending = endings(context);
  const theirs = notOurs(view, context.unshared);
  const revoked = toRevoke(context, ending, theirs);
  const mustWait = reachableSecrets(view, radii, policy);
  for (const workload of context.decidedTo('REHOME')) rehome(context, workload, mustWait);
  new Reissuing(context, tokensToReissue(context, decisions), mustWait).plan();
  confirmRuns(context);
  revoke(context, revoked);
  endReach(context, theirs, revoked);
  const out = takenOut(context, ending);
  for (const unit of unitsToRotate(context, out, policy.rotateReadable)) rotate(context, unit, out, theirs);
  handOver(context);
  handOverOwnership(context);
  fence(context);
  disableLocked(context, revoked);
  declareElsewhere(context, context.plan);
  for (const human of radii.person.humans) {
    const entity = context.id(human);
    context.plan.add({
      phase: 7,
      kind: 'SET_HUMAN_STATUS',
      entity,
      source: context.source(human),
      changes: [{ change: 'SET_STATUS', entity, status: 'LEFT' }],
    });
  }
}

/** Secrets that the leaver knows or can still reach: the leaver could read a token that is written there too early. */
function reachableSecrets(view: GraphView, radii: PersonRadii, policy: Policy): MustWait {
  const known = knownUnits(view, radii.units, radii.person, radii.exposure, policy.rotateReadable);
  const units = new Set(known.map(({ unit }) => unit));
  for (const { entity } of radii.exposure.members) {
    if (view.kindOf(entity) === SECRET) units.add(radii.units.of(entity));
  }
  return (secret) => units.has(radii.units.of(secret));
}

function tokensToReissue(context: PlanContext, { lost }: Decisions): EntityNumber[] {
  const { view, radii } = context;
  const cascades = new Set<EntityNumber>();
  for (const thing of context.decidedTo('RETIRE')) {
    for (const member of revocationClosure(view, thing).members) cascades.add(member);
  }
  return reissued(view, radii, lost, cascades, (workload) => context.isRetired(workload));
}

function bodyOf(input: PlanInput, context: PlanContext): PlanBody {
  const { view, facts } = input;
  const tokenType = (id: string) => {
    const entity = view.numberOf(id);
    return entity === 0 ? undefined : facts.recordOf(entity).properties.tokenType;
  };
  const actions = context.plan.ordered((id) => isLongLived(tokenType(id)));
  return {
    version: PLAN_VERSION,
    about: { kind: 'OFFBOARDING' },
    ...whoLeaves(context),
    mode: input.mode,
    evaluatedAt: formatTime(input.evaluatedAt),
    lastWorkingDay: input.lastWorkingDay === null ? null : formatTime(input.lastWorkingDay),
    successor: succeeded(context).length === 0 ? null : context.given.successor,
    policyHash: input.policyHash,
    decisions: plannedDecisions(context),
    accepted: context.decisions.accepted.map((entity) => view.idOf(entity)),
    sources: actedOn(actions, input.known),
    notKnown: notKnownOf(
      view,
      leavers(input),
      input.known,
      (source) => facts.sourceId(source),
      input.evaluatedAt,
    ),
    actions,
  };
}

const standingIn = ({ decided }: Decisions): EntityNumber[] =>
  [...decided.values()].filter(({ standsOnLeaver }) => standsOnLeaver).map(({ entity }) => entity);

function plannedDecisions(context: PlanContext): PlannedDecision[] {
  return [...context.decisions.decided.values()].map(({ entity, action, rule, guard }) => {
    const override = context.given.overrides.get(entity);
    return {
      entity: context.id(entity),
      action,
      rule,
      guard,
      reason: override?.reason ?? null,
      successor: override?.successor ?? null,
      managedIdentity: override?.managedIdentity ?? null,
    };
  });
}

/** Everything that needs a successor: entities for which nobody else answers, and workloads that get an identity. */
function succeeded(context: PlanContext): EntityNumber[] {
  const provided = context.plan
    .inPhase(2)
    .map(({ draft }) => (draft.kind === 'PROVISION_IDENTITY' ? draft.details?.for : undefined))
    .filter((workload) => workload !== undefined)
    .map((workload) => context.view.numberOf(workload));
  return [...needsSuccessor(context), ...provided];
}

/** Entities that a person has to decide about: those in REVIEW, and those that need a successor and have none. */
function undecided(context: PlanContext): string[] {
  const review = context.decidedTo('REVIEW');
  const alone = succeeded(context).filter((thing) => context.successorFor(thing) === null);
  return [...new Set([...review, ...alone])]
    .sort((a, b) => context.view.compare(a, b))
    .map((entity) => context.id(entity));
}
