import { Field, Int, ObjectType } from 'type-graphql';
import type { ChainVerification } from '../../audit/verify-chain.js';

@ObjectType({ description: 'Whether the chain of audit events holds.', simpleResolvers: true })
export class AuditVerification {
  constructor(private readonly found: ChainVerification) {}

  @Field(() => Boolean, { description: 'Whether no event was changed, removed, duplicated or moved.' })
  get valid(): boolean {
    return this.found.valid;
  }

  @Field(() => Int, { description: 'How many events are valid, from the first on.' })
  get events(): number {
    return this.found.events;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Hash of the last valid event; null where there is none.',
  })
  get head(): string | null {
    return this.found.head;
  }

  @Field(() => Int, {
    nullable: true,
    description: 'The place of the first invalid event; null where all are valid.',
  })
  get firstBrokenAt(): number | null {
    return this.found.firstBrokenAt;
  }

  @Field(() => String, {
    nullable: true,
    description: 'What is wrong there, in a sentence; null where all events are valid.',
  })
  get why(): string | null {
    return this.found.why;
  }
}
