import { Arg, Ctx, ID, Query, Resolver } from 'type-graphql';
import { explainDecision } from '../../offboarding/case/explain-decision.js';
import { READERS } from '../access/access.js';
import { AllowedRoles, ExtraCost } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { Policy } from './policy.js';
import { PolicyExplanation } from './policy-explanation.js';

@Resolver()
export class PolicyResolver {
  @Query(() => Policy, { description: 'The policy that plans are made with.' })
  @AllowedRoles(READERS)
  policy(@Ctx() { services }: Operation): Policy {
    return new Policy(services.policy);
  }

  @Query(() => PolicyExplanation, {
    description:
      'Which rule of the policy decides about an entity if a person leaves, and why the earlier rules do not.',
  })
  @AllowedRoles(READERS)
  // It makes a plan.
  @ExtraCost(10_000)
  async policyExplanation(
    @Ctx() operation: Operation,
    @Arg('entity', () => ID, { description: 'Id of the entity.' }) entity: string,
    @Arg('human', () => ID, { description: 'Id or email of the person who leaves.' }) human: string,
  ): Promise<PolicyExplanation> {
    const moment = await operation.moment();
    const graphState = await moment.graphState();
    const said = await operation.inTurn(() =>
      explainDecision(operation.services.caseContext, graphState, { entity, human }),
    );
    return new PolicyExplanation(said, moment);
  }
}
