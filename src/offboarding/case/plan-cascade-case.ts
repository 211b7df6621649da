import type { GraphState } from '../../graph/graph-state.js';
import { parseTime } from '../../model/time.js';
import type { CaseContext } from '../case-context.js';
import type { AboutCascade, CascadePlan } from '../plan/cascade/cascade-plan.js';
import { planCascade } from '../plan/cascade/plan-cascade.js';
import { withFacts } from '../plan/facts.js';
import { accountsBehind, visibleOf } from '../visible.js';
import type { CaseInput } from './case.js';
import { keepPlan } from './keep-plan.js';
import type { KeptPlan } from './kept-plan.js';
import { knownSources } from './known-sources.js';

/**
 * Plans one thing on a state of the graph.
 *
 * @throws NOT_FOUND; BAD_INPUT for what cannot be done with the thing, naming what can
 */
export async function planCascadeCase(
  caseContext: CaseContext,
  graphState: GraphState,
  input: CaseInput,
): Promise<{ readonly plan: CascadePlan; readonly kept: KeptPlan }> {
  const about = aboutOf(input);
  const successor = about.kind === 'REHOME' ? input.successor : null;
  const evaluatedAt = parseTime(input.evaluatedAt)!;
  const known = await knownSources(caseContext, graphState.revision);
  const { plan, kept } = await withFacts(caseContext.store, graphState, (view, facts) => {
    const planned = planCascade({ view, facts, known, evaluatedAt, about, successor });
    return { plan: planned, kept: keepPlan(view, [], planned) };
  });
  const touched = [about.target, ...plan.body.actions.map(({ entity }) => entity)];
  const visibility = await visibleOf(caseContext, graphState, (view) => accountsBehind(view, touched));
  return { plan, kept: { ...kept, visibility } };
}

function aboutOf({ kind, target, successor, managedIdentity, from }: CaseInput): AboutCascade {
  if (kind === 'OFFBOARDING') throw new Error('a person who leaves is not one thing');
  if (kind === 'REHOME') return { kind, target: target!, managedIdentity };
  if (kind === 'TRANSFER') return { kind, target: target!, from: from!, to: successor! };
  return { kind, target: target! };
}
