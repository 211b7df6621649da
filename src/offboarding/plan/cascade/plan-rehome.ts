import { ofTypes, stepsInto, stepsOut } from '../../../graph/collect-steps.js';
import { ACCOUNT, HUMAN, isWorkload, SECRET } from '../../../graph/kind-codes.js';
import { Accountability } from '../../../graph/radii/accountability.js';
import { personOf } from '../../../graph/radii/person.js';
import { radiiOf } from '../../../graph/radii/radii.js';
import { RotationUnits } from '../../../graph/radii/rotation-units.js';
import {
  CONSENT,
  CUSTODY,
  DELEGATION,
  DEPENDENCY,
  IDENTITY,
  ISSUANCE,
  LOGIN,
  USE,
} from '../../../graph/relationship-types.js';
import { eachSustainer } from '../../../graph/sustaining.js';
import type { EntityNumber, GraphView } from '../../../graph/view.js';
import { badInput } from '../../../model/errors.js';
import { typeOfRole } from '../../../model/relationships.js';
import { carrierRefusal } from '../../decide/carrier.js';
import { canSucceed } from '../../decide/successor.js';
import type { PlanContext } from '../context.js';
import { actionId, type PlanDraft } from '../draft-plan.js';
import { confirmRuns } from '../phases/confirm.js';
import { opens } from '../phases/copies.js';
import { rehome } from '../phases/provision.js';
import { cascadeContext } from './cascade-context.js';
import type { CascadePlanning } from './cascade-plan.js';

const needs = ofTypes(USE, IDENTITY, DEPENDENCY);
const cameFrom = ofTypes(CONSENT, ISSUANCE, DELEGATION);
const isLogin = ofTypes(LOGIN);
const isCustody = ofTypes(CUSTODY);

/**
 * A workload goes on without the people it stands on, whoever they are: for each of them, phase 2 of their
 * leaving. What is theirs stays with them; only the secrets it reads hold the new credentials in their place.
 *
 * @throws BAD_INPUT for what is no workload, stands on nobody, or for who cannot carry it
 */
export function planRehome(planning: CascadePlanning, plan: PlanDraft): void {
  const { view, target } = planning;
  requireInput(planning);
  const contexts = peopleBehind(view, target)
    .map((person) =>
      cascadeContext(planning, plan, radiiOf(view, person, { rotateReadable: 'never' }), 'REHOME'),
    )
    .filter((context) => context.decisions.standing.stands(target));
  if (contexts.length === 0) {
    throw badInput(
      `${view.idOf(target)} stands on no person, so there is nothing to re-home; use transferOwnership.`,
    );
  }
  for (const context of contexts) {
    rehome(context, target, () => false);
    takeOutOld(context, target);
  }
  confirmRuns(contexts[0]!);
  answerFor(contexts[0]!, target);
}

/** What nobody answers for gets the successor, with access, as when somebody leaves. */
function answerFor(context: PlanContext, workload: EntityNumber): void {
  const successor = context.successorFor(workload);
  const answering = new Accountability(context.view);
  if (successor === null || answering.isAnsweredFor(workload)) return;
  const entity = context.id(workload);
  context.plan.add({
    phase: 6,
    kind: 'TRANSFER_OWNERSHIP',
    entity,
    source: context.source(workload),
    changes: [opens(typeOfRole('OWNERSHIP'), successor, entity)],
    details: { to: successor },
    because: context.whyDecided(workload),
  });
}

function requireInput({ view, target, about, successor }: CascadePlanning): void {
  if (!isWorkload(view.kindOf(target)) || !view.isLive(target)) {
    throw badInput(`${view.idOf(target)} is no live App or Job; only a workload is re-homed.`);
  }
  if (successor === null || !canSucceed(view, [], successor)) {
    throw badInput(
      `${successor ?? 'Nobody'} cannot own what is made; give the id of a live human as successor.`,
    );
  }
  const named = about.kind === 'REHOME' ? about.managedIdentity : null;
  if (named === null) return;
  const accounts = peopleBehind(view, target).flatMap((person) => personOf(view, person).accounts);
  const why = carrierRefusal({ view, workload: target, accounts }, named);
  if (why !== null) throw badInput(why);
}

/** Whoever has an account that what the workload needs came from, or sustains some of it, in order of id. */
function peopleBehind(view: GraphView, workload: EntityNumber): EntityNumber[] {
  const units = new RotationUnits(view);
  const seen = new Set<EntityNumber>();
  for (const { to } of stepsOut(view, workload, needs)) {
    const behind = view.kindOf(to) === SECRET ? units.of(to).tokens : [to];
    for (const entity of behind) seen.add(entity);
  }
  for (const entity of seen) {
    for (const { to } of stepsInto(view, entity, cameFrom)) seen.add(to);
    eachSustainer(view, entity, (sustainer) => {
      seen.add(sustainer);
    });
  }
  const people = new Set<EntityNumber>();
  for (const account of seen) {
    if (view.kindOf(account) === HUMAN) people.add(account);
    if (view.kindOf(account) !== ACCOUNT) continue;
    const holders = stepsInto(view, account, isLogin);
    for (const { to } of holders) people.add(to);
    // An account that nobody has is as good as a person who has just this one.
    if (holders.length === 0) people.add(account);
  }
  return [...people].sort((a, b) => view.compare(a, b));
}

/** The new version of a secret holds what was made and not what it stands for: or it would still be stood on. */
function takeOutOld(context: PlanContext, workload: EntityNumber): void {
  const { view, radii, decisions, plan } = context;
  for (const secret of decisions.standing.on(workload).filter((target) => view.kindOf(target) === SECRET)) {
    for (const token of radii.units
      .of(secret)
      .tokens.filter((stored) => decisions.standing.held.has(stored))) {
      for (const { to, code } of stepsOut(view, token, isCustody)) {
        const entity = context.id(to);
        const written = actionId(2, 'WRITE_SECRET', entity);
        plan.add({
          phase: 2,
          kind: 'WRITE_SECRET',
          entity,
          source: context.source(to),
          changes: [{ change: 'END', relationship: context.relationship(token, to, code) }],
          because: plan.has(written)
            ? plan.becauseOf(written)
            : context.because(radii.holdings.paths.pathTo(token)),
        });
      }
    }
  }
}
