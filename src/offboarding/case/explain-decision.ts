import type { GraphState } from '../../graph/graph-state.js';
import { notFound } from '../../model/errors.js';
import { quote } from '../../model/quote.js';
import type { CaseContext } from '../case-context.js';
import { type Explanation, explain } from '../plan/explain.js';
import { withFacts } from '../plan/facts.js';
import { subjectOf } from '../plan/policy-subject.js';
import { findHuman } from './find-human.js';

/** Input of {@link explainDecision}. */
export interface ExplainDecision {
  /** Id of what would be decided about. */
  readonly entity: string;
  /** Id or email of who would leave. */
  readonly human: string;
}

/** An explanation, with the person who would leave. */
export interface ExplainedDecision extends Explanation {
  /** Id of who would leave. */
  readonly human: string;
}

/**
 * Says by which rule the policy would decide about an entity if a person left at the moment of a state of the graph.
 * Decisions of people in cases are not considered. Nothing is written.
 *
 * @throws NOT_FOUND; BAD_INPUT for what is no human
 */
export async function explainDecision(
  caseContext: CaseContext,
  graphState: GraphState,
  asked: ExplainDecision,
): Promise<ExplainedDecision> {
  const person = await findHuman(caseContext, graphState.revision, asked.human, 'The human');
  const explanation = await withFacts(caseContext.store, graphState, (view, facts) => {
    const [human, entity] = [view.numberOf(person.id), view.numberOf(asked.entity)];
    if (entity === 0)
      throw notFound(`There is nothing with the id ${quote(asked.entity)}; look it up and try again.`);
    return explain({
      view,
      human,
      entity,
      policy: caseContext.policy.policy,
      subjectOf: (thing) => subjectOf(facts, thing),
      evaluatedAt: graphState.now,
    });
  });
  return { ...explanation, human: person.id };
}
