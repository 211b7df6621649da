import type { EntityNumber, GraphView } from '../../graph/view.js';
import { badInput } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';
import { parseTime } from '../../model/time.js';
import type { CaseContext } from '../case-context.js';
import type { Override } from '../decide/overrides.js';
import { withFacts } from '../plan/facts.js';
import { makePlan } from '../plan/offboarding/make-plan.js';
import { visibleOf } from '../visible.js';
import type { CaseDecision, CaseInput } from './case.js';
import { keepPlan } from './keep-plan.js';
import type { KeptPlan } from './kept-plan.js';
import { knownSources } from './known-sources.js';
import { leaversAbove } from './leavers.js';
import { planCascadeCase } from './plan-cascade-case.js';

/** A plan, and the state of the graph that it was made on. */
export interface Planned {
  readonly plan: KeptPlan;
  readonly plannedOn: Revision;
}

/**
 * Plans a case on the present graph, judged at the moment that the case was planned at.
 *
 * @throws BAD_INPUT for a successor who cannot be one and, with the entity, for a decision that cannot be taken
 */
export async function planCase(
  caseContext: CaseContext,
  input: CaseInput,
  decisions: readonly CaseDecision[],
): Promise<Planned> {
  const evaluatedAt = parseTime(input.evaluatedAt)!;
  const graphState = await caseContext.graphs.current(evaluatedAt);
  const plannedOn = graphState.revision;
  if (input.kind !== 'OFFBOARDING')
    return { plan: (await planCascadeCase(caseContext, graphState, input)).kept, plannedOn };
  const openCases = await leaversAbove(caseContext.store.journal, graphState, input.human!);
  const { policy, hash: policyHash } = caseContext.policy;
  const lastWorkingDay = input.lastWorkingDay === null ? null : parseTime(input.lastWorkingDay)!;
  const { mode, successor } = input;
  const known = await knownSources(caseContext, plannedOn);
  const plan = await withFacts(caseContext.store, graphState, (view, facts) => {
    const human = view.numberOf(input.human!);
    const overrides = overridesOf(view, decisions);
    const given = { view, human, facts, known, policy, policyHash, openCases, overrides };
    return keepPlan(view, [human], makePlan({ ...given, evaluatedAt, mode, lastWorkingDay, successor }));
  });
  const visibility = await visibleOf(caseContext, graphState, (view) => [view.numberOf(input.human!)]);
  return { plan: { ...plan, visibility }, plannedOn };
}

/** The decisions of people by entity: the newest of each counts. */
function overridesOf(
  view: GraphView,
  decisions: readonly CaseDecision[],
): ReadonlyMap<EntityNumber, Override> {
  const overrides = new Map<EntityNumber, Override>();
  for (const { entity, action, successor, managedIdentity, by } of decisions) {
    const number = view.numberOf(entity);
    if (number === 0) {
      throw badInput(`There is no ${entity}; only what the plan lists under decisions can be decided.`, {
        entity,
      });
    }
    overrides.set(number, { action, successor, managedIdentity, reason: by.reason });
  }
  return overrides;
}
