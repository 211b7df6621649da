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
  @Field(() => ID, { description: 'Id or email of the person who leaves.' })
  human!: string;

  @Field(() => OffboardingMode, {
    nullable: true,
    description:
      'The order of the phases. By default CONTINUITY_FIRST while the last working day is ahead, else SECURITY_FIRST.',
  })
  mode?: Mode | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'The end of the last working day; a date alone means the end of that day in UTC. By default the one that their source reports.',
  })
  lastWorkingDay?: Date | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id or email of the person who takes over. By default the nearest manager who stays.',
  })
  successor?: string | null;

  @Field(() => String, { description: REASON })
  reason!: string;
}

@InputType({ description: 'What a person decides about one entity instead of the rules.' })
export class DecideInput extends OfCase {
  @Field(() => ID, { description: "Id of the entity: one of the plan's decisions." })
  entity!: string;

  @Field(() => DecisionAction, { description: 'What is to be done with it.' })
  action!: DecisionActionValue;

  @Field(() => ID, { nullable: true, description: 'Id or email of the person who takes it over.' })
  successor?: string | null;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the identity to use for re-homing, instead of a provisioned one.',
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
    description: 'Id or email of another successor; the one named before by default.',
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
    description: 'Id or email of the person who answers for it meanwhile: a human who is active and stays.',
  })
  owner!: string;

  @Field(() => DateTime, {
    description:
      'When the waiver expires, a time in the future; after that the action keeps the case incomplete again.',
  })
  until!: Date;

  @Field(() => String, { description: REASON })
  reason!: string;
}
