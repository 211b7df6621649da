import type { DecisionAction } from '../policy/policy.js';
import type { Case, CaseState } from './case.js';
import type { ActionState, CaseAction } from './case-action.js';
import { choicesFor } from './choices.js';
import type { KeptPlan } from './kept-plan.js';

/** The kinds of steps by which a person brings a case forward. */
export const STEP_KINDS = ['DECIDE', 'REPLAN', 'APPROVE', 'EXECUTE', 'ATTEST', 'WAIVE', 'RESUME'] as const;
export type StepKind = (typeof STEP_KINDS)[number];

/** A step that a person can take next in a case. */
export interface NextStep {
  readonly kind: StepKind;
  /** For DECIDE and REPLAN: ids of the things that wait for it. */
  readonly entities: readonly string[];
  /** For DECIDE: what may be decided about the one thing. */
  readonly choices: readonly DecisionAction[];
  /** For ATTEST and WAIVE: ids of the actions that wait for a person, or did not work. */
  readonly actions: readonly string[];
}

/** States in which an action waits until a person does something. */
const FOR_PERSONS: readonly ActionState[] = ['WAITING_FOR_PERSON', 'IRREVOCABLE'];

type Steps = (plan: KeptPlan, actions: readonly CaseAction[]) => NextStep[];

/** The next steps in each state. */
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
 * What a person can do next in a case, in the order in which it should be done. None for a case that is VERIFIED or
 * CANCELLED.
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

/** Actions that wait for a person come first: if they are not handled, a resumed case stops there again. */
function carriedOut(_: KeptPlan, actions: readonly CaseAction[]): NextStep[] {
  const waiting = actions.filter((action) => FOR_PERSONS.includes(action.state));
  const ids = waiting.map(({ action }) => action.id);
  const forPersons = ids.length === 0 ? [] : (['ATTEST', 'WAIVE'] as const);
  return [...forPersons.map((kind) => step(kind, { actions: ids })), step('RESUME')];
}

/** One step for each decision that a person has to take, and one for all entities that need a successor. */
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
