import { Ctx, Field, ID, ObjectType } from 'type-graphql';
import { isAuthor } from '../../offboarding/case/approve-plan.js';
import type { Case } from '../../offboarding/case/case.js';
import { STEP_KINDS, type NextStep as Step, type StepKind } from '../../offboarding/case/next-steps.js';
import type { DecisionAction as DecisionActionValue } from '../../offboarding/policy/policy.js';
import { APPROVERS, mayAct, OPERATORS, PLANNERS } from '../access/access.js';
import { Entity } from '../entity/entity.js';
import { entityById } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import { enumOf } from '../types/enums.js';
import { DecisionAction } from './enums.js';

export const NextStepKind = enumOf('NextStepKind', 'What brings a case on.', STEP_KINDS, {
  DECIDE: 'A person decides about an entity (`decide`).',
  REPLAN: 'The case is planned again with a successor (`replan`).',
  APPROVE: 'Somebody else approves the plan (`approvePlan`).',
  EXECUTE: 'The plan is executed (`executeOffboarding`).',
  ATTEST: 'A person does the actions and attests them (`attestActions`).',
  WAIVE: 'A person answers for going on without the actions (`waive`).',
  RESUME: 'The case goes on now (`resumeOffboarding`).',
});

/** Who may take a step: the roles of its mutation. */
const ROLES = {
  DECIDE: PLANNERS,
  REPLAN: PLANNERS,
  APPROVE: APPROVERS,
  EXECUTE: OPERATORS,
  ATTEST: OPERATORS,
  WAIVE: APPROVERS,
  RESUME: OPERATORS,
} as const satisfies Record<StepKind, unknown>;

/** Steps that are closed to people who planned the case or decided in it. */
const BY_ANOTHER: readonly StepKind[] = ['APPROVE', 'WAIVE'];

@ObjectType({ description: 'A step that a case needs next.' })
export class NextStep {
  constructor(
    private readonly step: Step,
    private readonly offboarding: Case,
    private readonly moment: Moment,
  ) {}

  @Field(() => NextStepKind, { description: 'What is to be done.', simple: true })
  get kind(): StepKind {
    return this.step.kind;
  }

  @Field(() => [Entity], {
    description: 'For DECIDE and REPLAN: the entities that wait for it.',
    simple: true,
  })
  get entities(): Promise<Entity>[] {
    return this.step.entities.map((id) => entityById(this.moment, id));
  }

  @Field(() => [DecisionAction], { description: 'For DECIDE: what may be decided.', simple: true })
  get choices(): readonly DecisionActionValue[] {
    return this.step.choices;
  }

  @Field(() => [ID], {
    description: 'For ATTEST and WAIVE: ids of the actions that wait for a person, or have failed.',
    simple: true,
  })
  get actions(): readonly string[] {
    return this.step.actions;
  }

  @Field(() => Boolean, {
    description:
      'Whether the caller may do it: it depends on their roles, and on whether they planned or decided themselves.',
  })
  viewerMay(@Ctx() { viewer }: Operation): boolean {
    const { kind } = this.step;
    if (!mayAct(viewer, ROLES[kind])) return false;
    return !BY_ANOTHER.includes(kind) || !isAuthor(this.offboarding, viewer);
  }
}
