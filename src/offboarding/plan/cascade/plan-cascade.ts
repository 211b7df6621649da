import { notFound } from '../../../model/errors.js';
import { quote } from '../../../model/quote.js';
import { formatTime } from '../../../model/time.js';
import { accountsBehind } from '../../visible.js';
import { PlanDraft } from '../draft-plan.js';
import { planHash } from '../ids.js';
import { actedOn, notKnownOf } from '../known-sources.js';
import { standingOnPersons } from '../noted.js';
import { declareElsewhere } from '../phases/declarations.js';
import { isLongLived } from '../phases/revoke.js';
import { PLAN_VERSION, type PlanBody, type PlannedDecision } from '../plan.js';
import type { AboutCascade, CascadeInput, CascadePlan, CascadePlanning } from './cascade-plan.js';
import { planRehome } from './plan-rehome.js';
import { planRetire, planRevoke } from './plan-revoke.js';
import { planRotate } from './plan-rotate.js';
import { planTransfer } from './plan-transfer.js';
import { breaksOf, touchesCritical } from './touched.js';

const PLANNERS: Readonly<Record<AboutCascade['kind'], (planning: CascadePlanning, plan: PlanDraft) => void>> =
  {
    REVOKE: planRevoke,
    ROTATE: planRotate,
    REHOME: planRehome,
    TRANSFER: planTransfer,
    RETIRE: planRetire,
  };

/**
 * Plans one thing (semantics, section 5, *One thing at a time*): the same actions, phases and changes as an
 * offboarding has, so that the same executor carries it out.
 *
 * @throws NOT_FOUND where there is no such thing; BAD_INPUT where that cannot be done with it, and what can
 */
export function planCascade(input: CascadeInput): CascadePlan {
  const { view, about } = input;
  const target = view.numberOf(about.target);
  if (target === 0)
    throw notFound(`There is nothing with the id ${quote(about.target)}; look it up and try again.`);
  const preview = draw({ ...input, target, moment: '' });
  const { body, because } = draw({ ...input, target, moment: formatTime(input.evaluatedAt) });
  return {
    body,
    hash: planHash(body),
    previewHash: planHash(preview.body),
    because,
    breaks: body.accepted,
    needsApproval: body.accepted.length > 0 || touchesCritical(view, input.facts, body.actions),
    following: [],
    standing: [],
    needsDecision: [],
    downtime: [],
    noted: standingOnPersons(view, body.decisions),
  };
}

function draw(planning: CascadePlanning): Pick<CascadePlan, 'body' | 'because'> {
  const { view, facts, about } = planning;
  const plan = new PlanDraft();
  PLANNERS[about.kind](planning, plan);
  declareElsewhere(planning, plan);
  const actions = plan.ordered((id) => {
    const entity = view.numberOf(id);
    return entity !== 0 && isLongLived(facts.recordOf(entity).properties.tokenType);
  });
  const body: PlanBody = {
    version: PLAN_VERSION,
    about,
    human: null,
    mode: 'CONTINUITY_FIRST',
    evaluatedAt: planning.moment,
    lastWorkingDay: null,
    successor: planning.successor,
    policyHash: null,
    decisions: decisionsOf(planning, actions),
    accepted: breaksOf(view, actions),
    sources: actedOn(actions, planning.known),
    notKnown: notKnownOf(
      view,
      accountsBehind(view, [about.target, ...actions.map(({ entity }) => entity)]),
      planning.known,
      (source) => facts.sourceId(source),
      planning.evaluatedAt,
    ),
    actions,
  };
  return { body, because: new Map(actions.map(({ id }) => [id, plan.becauseOf(id)])) };
}

/** What is retired or re-homed is a person's decision, and is said as one. */
function decisionsOf({ about, successor }: CascadePlanning, actions: PlanBody['actions']): PlannedDecision[] {
  const isRetired = actions.some(({ kind, entity }) => kind === 'RETIRE' && entity === about.target);
  if (about.kind !== 'REHOME' && !isRetired) return [];
  const managedIdentity = about.kind === 'REHOME' ? about.managedIdentity : null;
  const action = about.kind === 'REHOME' ? 'REHOME' : 'RETIRE';
  return [{ entity: about.target, action, rule: 0, guard: null, reason: null, successor, managedIdentity }];
}
