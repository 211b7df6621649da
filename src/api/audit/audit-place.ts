import { Field, InputType, Int } from 'type-graphql';
import type { ChainPlace } from '../../audit/verify-chain.js';

@InputType({ description: 'A place in the chain of audit events, and the hash that is expected there.' })
export class AuditPlace implements ChainPlace {
  @Field(() => Int, { description: 'Which event, counted from 1.' })
  seq!: number;

  @Field(() => String, { description: 'Its hash: SHA-256 in hex.' })
  hash!: string;
}
