import { Field, ID, ObjectType } from 'type-graphql';
import type { Case } from '../../offboarding/case/case.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import { Offboarding } from './offboarding.js';

/** The payload of a change of a case: the revision in which the change can be seen, and the case at that revision. */
@ObjectType()
export abstract class CasePayload {
  constructor(
    private readonly record: Case,
    private readonly moment: Moment,
  ) {}

  @Field(() => ID, { description: 'The revision in which the change can be seen.', simple: true })
  get revision(): string {
    return String(this.moment.revision);
  }

  @Field(() => Offboarding, { description: 'The case at that revision.', simple: true })
  get offboarding(): Offboarding {
    return new Offboarding(this.record, this.moment);
  }
}

type PayloadClass<P> = new (offboarding: Case, moment: Moment) => P;

/** Answers a change of a case. */
export async function changed<P>(
  operation: Operation,
  Payload: PayloadClass<P>,
  offboarding: Case,
): Promise<P> {
  return new Payload(offboarding, await operation.afterWrite());
}

@ObjectType({ description: 'The case that was planned.' })
export class PlanOffboardingPayload extends CasePayload {}

@ObjectType({ description: 'The case after a decision.' })
export class DecidePayload extends CasePayload {}

@ObjectType({ description: 'The case after its approval.' })
export class ApprovePlanPayload extends CasePayload {}

@ObjectType({ description: 'The case while it is executed.' })
export class ExecuteOffboardingPayload extends CasePayload {}

@ObjectType({ description: 'The case with its new plan.' })
export class ReplanPayload extends CasePayload {}

@ObjectType({ description: 'The case that goes on.' })
export class ResumeOffboardingPayload extends CasePayload {}

@ObjectType({ description: 'The case that was cancelled, or is being undone.' })
export class CancelOffboardingPayload extends CasePayload {}

@ObjectType({ description: 'The case after an attestation.' })
export class AttestActionsPayload extends CasePayload {}

@ObjectType({ description: 'The case after a waiver.' })
export class WaivePayload extends CasePayload {}
