import { Field, ID, ObjectType } from 'type-graphql';
import type { Case } from '../../offboarding/case/case.js';
import { Offboarding } from '../offboarding/offboarding.js';
import type { Moment } from '../operation/moment.js';
import { Cascade } from './cascade.js';

/** The payload that all mutations of a cascade share. */
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

  @Field(() => ID, { description: 'The revision in which the change can be seen.', simple: true })
  get revision(): string {
    return String(this.moment.revision);
  }

  @Field(() => Offboarding, {
    nullable: true,
    description:
      'The case: it is being executed, or IN_REVIEW where a second person has to approve. Null with `dryRun`.',
    simple: true,
  })
  get offboarding(): Offboarding | null {
    return this.record === null ? null : new Offboarding(this.record, this.moment);
  }
}

@ObjectType({ description: 'What is revoked with an entity.' })
export class RevokePayload extends OneThingPayload {}

@ObjectType({ description: 'What the rotation of a secret involves.' })
export class RotateSecretPayload extends OneThingPayload {}

@ObjectType({ description: 'What re-homing a workload involves.' })
export class RehomePayload extends OneThingPayload {}

@ObjectType({ description: 'What a transfer of ownership involves.' })
export class TransferOwnershipPayload extends OneThingPayload {}

@ObjectType({ description: 'What is retired with an entity.' })
export class RetirePayload extends OneThingPayload {}
