import type { DecisionAction } from '../policy/policy.js';
import type { Case, CaseState } from './case.js';
import type { ActionState, CaseAction } from './case-action.js';
import { choicesFor } from './choices.js';
import type { KeptPlan } from './kept-plan.js';

/** What can bring a case on. */
export const STEP_KINDS = ['DECIDE', 'REPLAN', 'APPROVE', 'EXECUTE', 'ATTEST', 'WAIVE', 'RESUME'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** Something that brings a case on as it stands. */
export interface NextStep {
  readonly kind: StepKind;
  /** For DECIDE and REPLAN: ids of the things that wait for it. */
  readonly entities: readonly string[];
  /** For DECIDE: what may be decided about the one thing. */
  readonly choices: readonly DecisionAction[];
  /** For ATTEST and WAIVE: ids of the actions that wait for a person, or did not work. */
  readonly actions: readonly string[];
}

/** States of actions with which nothing goes on unless a person does something. */
const FOR_PERSONS: readonly ActionState[] = ['WAITING_FOR_PERSON', 'IRREVOCABLE'];

type Steps = (plan: KeptPlan, actions: readonly CaseAction[]) => NextStep[];

/** What brings a case on in each state. */
const STEPS: Readonly<Record<CaseState, Steps>> = {
  IN_REVIEW: (plan) => (plan.needsDecision.length > 0 ? decisions(plan) : [step('APPROVE')]),
  APPROVED: () => [step('EXECUTE')],
  EXECUTING: carriedOut,
  WAITING: carriedOut,
  INCOMPLETE: carriedOut,
  VERIFIED: () => [],
  CANCELLED: () => [],
};

/**
 * What somebody can do next to bring a case on, in the order in which it should be done. None for a case that is
 * VERIFIED or CANCELLED.
 *
 * @param actions none before the case is executed
 */
export function nextSteps(
  { state }: Pick<Case, 'state'>,
  plan: KeptPlan,
  actions: readonly CaseAction[],
): NextStep[] {
  return STEPS[state](plan, actions);
}

/** What waits for a person comes first: without it the case stops at the same place again. */
function carriedOut(_: KeptPlan, actions: readonly CaseAction[]): NextStep[] {
  const waiting = actions.filter((action) => FOR_PERSONS.includes(action.state));
  const ids = waiting.map(({ action }) => action.id);
  const forPersons = ids.length === 0 ? [] : (['ATTEST', 'WAIVE'] as const);
  return [...forPersons.map((kind) => step(kind, { actions: ids })), step('RESUME')];
}

/** What a person has to decide, one thing after the other, and what needs somebody who takes it over. */
function decisions(plan: KeptPlan): NextStep[] {
  const { needsDecision, body } = plan;
  const reviewed = new Set(
    body.decisions.filter(({ action }) => action === 'REVIEW').map(({ entity }) => entity),
  );
  const alone = needsDecision.filter((entity) => !reviewed.has(entity));
  return [
    ...needsDecision
      .filter((entity) => reviewed.has(entity))
      .map((entity) => step('DECIDE', { entities: [entity], choices: choicesFor(plan, entity) })),
    ...(alone.length === 0 ? [] : [step('REPLAN', { entities: alone })]),
  ];
}

const step = (kind: StepKind, more: Partial<NextStep> = {}): NextStep => ({
  entities: [],
  choices: [],
  actions: [],
  ...more,
  kind,
});
