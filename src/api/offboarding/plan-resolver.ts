import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { approvePlan } from '../../offboarding/case/approve-plan.js';
import { cancelOffboarding } from '../../offboarding/case/cancel-offboarding.js';
import { decide } from '../../offboarding/case/decide.js';
import { planOffboarding } from '../../offboarding/case/plan-offboarding.js';
import { replan } from '../../offboarding/case/replan.js';
import { APPROVERS, CANCELLERS, PLANNERS } from '../access/access.js';
import { actorOf } from '../access/actor-of.js';
import { AllowedRoles } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { asWritten } from '../types/scalars.js';
import {
  ApprovePlanInput,
  CancelOffboardingInput,
  DecideInput,
  PlanOffboardingInput,
  ReplanInput,
} from './inputs.js';
import {
  ApprovePlanPayload,
  CancelOffboardingPayload,
  changed,
  DecidePayload,
  PlanOffboardingPayload,
  ReplanPayload,
} from './payloads.js';

/** The mutations of a case before it is executed. */
@Resolver()
export class PlanResolver {
  @Mutation(() => PlanOffboardingPayload, {
    description:
      'Plans the departure of a person: makes a case that waits for decisions and approval. Nothing is ended yet.',
  })
  @AllowedRoles(PLANNERS)
  async planOffboarding(
    @Ctx() operation: Operation,
    @Arg('input', () => PlanOffboardingInput, { description: 'Who leaves, and how.', validate: false })
    { lastWorkingDay, ...input }: PlanOffboardingInput,
  ): Promise<PlanOffboardingPayload> {
    const asked = { ...input, lastWorkingDay: lastWorkingDay == null ? null : asWritten(lastWorkingDay) };
    const offboarding = await planOffboarding(operation.services.caseContext, actorOf(operation), asked);
    return changed(operation, PlanOffboardingPayload, offboarding);
  }

  @Mutation(() => DecidePayload, {
    description:
      'Decides about one entity instead of the rules. The plan gets another hash; an approval is withdrawn.',
  })
  @AllowedRoles(PLANNERS)
  async decide(
    @Ctx() operation: Operation,
    @Arg('input', () => DecideInput, { description: 'What is decided.', validate: false })
    input: DecideInput,
  ): Promise<DecidePayload> {
    const offboarding = await decide(operation.services.caseContext, actorOf(operation), input);
    return changed(operation, DecidePayload, offboarding);
  }

  @Mutation(() => ApprovePlanPayload, {
    description: 'Approves a plan. People who planned it or decided in it may not.',
  })
  @AllowedRoles(APPROVERS)
  async approvePlan(
    @Ctx() operation: Operation,
    @Arg('input', () => ApprovePlanInput, { description: 'Which plan.', validate: false })
    input: ApprovePlanInput,
  ): Promise<ApprovePlanPayload> {
    const offboarding = await approvePlan(operation.services.caseContext, actorOf(operation), input);
    return changed(operation, ApprovePlanPayload, offboarding);
  }

  @Mutation(() => ReplanPayload, {
    description: 'Plans a case again on the present graph. Decisions stay where they still apply.',
  })
  @AllowedRoles(PLANNERS)
  async replan(
    @Ctx() operation: Operation,
    @Arg('input', () => ReplanInput, { description: 'Which case.', validate: false })
    input: ReplanInput,
  ): Promise<ReplanPayload> {
    const offboarding = await replan(operation.services.caseContext, actorOf(operation), input);
    return changed(operation, ReplanPayload, offboarding);
  }

  @Mutation(() => CancelOffboardingPayload, {
    description: 'Cancels a case before anything has ended. What was provisioned is retired again.',
  })
  @AllowedRoles(CANCELLERS)
  async cancelOffboarding(
    @Ctx() operation: Operation,
    @Arg('input', () => CancelOffboardingInput, { description: 'Which case.', validate: false })
    input: CancelOffboardingInput,
  ): Promise<CancelOffboardingPayload> {
    const { caseContext, runner } = operation.services;
    const offboarding = await cancelOffboarding(caseContext, actorOf(operation), input);
    runner.nudge();
    return changed(operation, CancelOffboardingPayload, offboarding);
  }
}
