import { Field, ID, InputType } from 'type-graphql';
import type { Mode } from '../../offboarding/plan/plan.js';
import type { DecisionAction as DecisionActionValue } from '../../offboarding/policy/policy.js';
import { DateTime } from '../types/scalars.js';
import { DecisionAction, OffboardingMode } from './enums.js';

const REASON = 'Why: the audit log keeps it.';

/** A case that something is done with. */
@InputType()
abstract class OfCase {
  @Field(() => ID, { description: 'Id of the case.' })
  offboarding!: string;
}

@InputType({ description: 'Who leaves, and how.' })
export class PlanOffboardingInput {
  @Field(() => ID, { description: 'Id or email of who leaves.' })
  human!: string;

  @Field(() => OffboardingMode, {
    nullable: true,
    description:
      'In which order to cut. When not said: CONTINUITY_FIRST while the last working day is ahead, else SECURITY_FIRST.',
  })
  mode?: Mode | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The end of the last working day; a bare date means the end of that day in UTC. When not said: what their source says.',
  })
  lastWorkingDay?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id or email of who takes over. When not said: the nearest who stays, upwards.',
  })
  successor?: string | null;

  @Field(() => String, { description: REASON })
  reason!: string;
}

@InputType({ description: 'What a person decides about one thing instead of the rules.' })
export class DecideInput extends OfCase {
  @Field(() => ID, { description: "Id of the thing: one of the plan's decisions." })
  entity!: string;

  @Field(() => DecisionAction, { description: 'What is to be done with it.' })
  action!: DecisionActionValue;

  @Field(() => ID, { nullable: true, description: 'Id or email of who takes it over.' })
  successor?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the identity to use for re-homing, in the place of one that is provisioned.',
  })
  managedIdentity?: string | null;

  @Field(() => String, { description: REASON })
  reason!: string;
}

@InputType({ description: 'Which plan is approved.' })
export class ApprovePlanInput extends OfCase {
  @Field(() => String, { description: 'Hash of the plan that was looked at: only that one is approved.' })
  planHash!: string;

  @Field(() => String, { description: REASON })
  reason!: string;
}

@InputType({ description: 'Which plan is executed.' })
export class ExecuteOffboardingInput extends OfCase {
  @Field(() => String, { description: 'Hash of the plan that was approved.' })
  planHash!: string;
}

@InputType({ description: 'What is planned anew.' })
export class ReplanInput extends OfCase {
  @Field(() => ID, {
    nullable: true,
    description: 'Id or email of another successor than the one that was named; as before when not said.',
  })
  successor?: string | null;

  @Field(() => String, { description: REASON })
  reason!: string;
}

@InputType({ description: 'What goes on.' })
export class ResumeOffboardingInput extends OfCase {}

@InputType({ description: 'What is cancelled.' })
export class CancelOffboardingInput extends OfCase {
  @Field(() => String, { description: REASON })
  reason!: string;
}

@InputType({ description: 'What a person says they have done.' })
export class AttestActionsInput extends OfCase {
  @Field(() => [ID], { description: 'Ids of the actions that are done: all of them or none.' })
  actions!: readonly string[];

  @Field(() => String, { description: 'What was done, in a sentence.' })
  statement!: string;

  @Field(() => String, {
    description: 'Where that can be seen: a ticket, the address of a screenshot, a reference to a log.',
  })
  evidence!: string;
}

@InputType({ description: 'What a case goes on without.' })
export class WaiveInput extends OfCase {
  @Field(() => ID, { description: 'Id of the action.' })
  action!: string;

  @Field(() => ID, {
    description: 'Id or email of who answers for it meanwhile: a human who is there, and stays.',
  })
  owner!: string;

  @Field(() => DateTime, {
    description: 'Until when, still to come; then it keeps the case incomplete again.',
  })
  until!: Date;

  @Field(() => String, { description: REASON })
  reason!: string;
}
