import { Ctx, Query, Resolver } from 'type-graphql';
import type { Operation } from '../operation.js';
import { Policy } from './policy.js';

@Resolver()
export class PolicyResolver {
  @Query(() => Policy, { description: 'The policy that plans are made with.' })
  policy(@Ctx() { services }: Operation): Policy {
    return new Policy(services.policy);
  }
}
