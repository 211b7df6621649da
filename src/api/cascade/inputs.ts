import { Field, ID, InputType } from 'type-graphql';

/** The input that all mutations of a cascade share. */
@InputType()
export abstract class OneThingInput {
  @Field(() => String, { description: 'Why: the audit log keeps it.' })
  reason!: string;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only preview what would be done: nothing is written.',
  })
  dryRun?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Hash of the preview that was looked at: nothing is done if the preview has changed by now.',
  })
  expectedHash?: string | null;
}

/** The input of cascades that may break workloads. */
@InputType()
export abstract class BreakingInput extends OneThingInput {
  @Field(() => Boolean, {
    nullable: true,
    description: 'Go on although workloads stop: a second person then has to approve it.',
  })
  allowBreaking?: boolean | null;
}

@InputType({ description: 'What is revoked.' })
export class RevokeInput extends BreakingInput {
  @Field(() => ID, { description: 'Id of a token, grant, account, service identity, app or secret.' })
  target!: string;
}

@InputType({ description: 'Which secret is rotated.' })
export class RotateSecretInput extends BreakingInput {
  @Field(() => ID, { description: 'Id of the secret; its copies are rotated with it.' })
  secret!: string;
}

@InputType({ description: 'Which workload is re-homed.' })
export class RehomeInput extends OneThingInput {
  @Field(() => ID, { description: 'Id of the workload.' })
  workload!: string;

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the identity to use instead of a provisioned one.',
  })
  managedIdentity?: string | null;

  @Field(() => ID, { description: 'Id or email of the person who answers for what is provisioned.' })
  successor!: string;
}

@InputType({ description: 'What gets another owner.' })
export class TransferOwnershipInput extends OneThingInput {
  @Field(() => ID, { description: 'Id of the thing.' })
  entity!: string;

  @Field(() => ID, { description: 'Id of its present owner, or email of a human.' })
  from!: string;

  @Field(() => ID, { description: 'Id of its future owner, or email of a human.' })
  to!: string;
}

@InputType({ description: 'What is retired.' })
export class RetireInput extends BreakingInput {
  @Field(() => ID, { description: 'Id of a job, app or service identity.' })
  entity!: string;
}
