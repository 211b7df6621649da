import { Field, ID, ObjectType } from 'type-graphql';
import type { Case } from '../../offboarding/case/case.js';
import { Offboarding } from '../offboarding/offboarding.js';
import type { Moment } from '../operation/moment.js';
import { Cascade } from './cascade.js';

/** What a mutation of one thing answers. */
@ObjectType()
export abstract class OneThingPayload {
  @Field(() => Cascade, { description: 'What is done, or would be.', simple: true })
  readonly cascade: Cascade;

  constructor(
    cascade: Cascade,
    private readonly record: Case | null,
    private readonly moment: Moment,
  ) {
    this.cascade = cascade;
  }

  @Field(() => ID, { description: 'The state in which it can be seen.', simple: true })
  get revision(): string {
    return String(this.moment.revision);
  }

  @Field(() => Offboarding, {
    nullable: true,
    description:
      'The case: being carried out, or IN_REVIEW where a second person has to approve. Null with `dryRun`.',
    simple: true,
  })
  get offboarding(): Offboarding | null {
    return this.record === null ? null : new Offboarding(this.record, this.moment);
  }
}

@ObjectType({ description: 'What is revoked with a thing.' })
export class RevokePayload extends OneThingPayload {}

@ObjectType({ description: 'What the rotation of a secret takes.' })
export class RotateSecretPayload extends OneThingPayload {}

@ObjectType({ description: 'What re-homing a workload takes.' })
export class RehomePayload extends OneThingPayload {}

@ObjectType({ description: 'What another owner takes.' })
export class TransferOwnershipPayload extends OneThingPayload {}

@ObjectType({ description: 'What goes with a thing that is retired.' })
export class RetirePayload extends OneThingPayload {}
