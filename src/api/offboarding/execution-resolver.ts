import { Arg, Ctx, Mutation, Resolver } from 'type-graphql';
import { attestActions } from '../../offboarding/execute/attest.js';
import { executeOffboarding } from '../../offboarding/execute/execute.js';
import { resumeOffboarding } from '../../offboarding/execute/resume.js';
import { waive } from '../../offboarding/execute/waive.js';
import { APPROVERS, OPERATORS } from '../access/access.js';
import { actorOf } from '../access/actor-of.js';
import { AllowedRoles } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { AttestActionsInput, ExecuteOffboardingInput, ResumeOffboardingInput, WaiveInput } from './inputs.js';
import {
  AttestActionsPayload,
  changed,
  ExecuteOffboardingPayload,
  ResumeOffboardingPayload,
  WaivePayload,
} from './payloads.js';

/** What happens to a case while it is carried out. Each of these gives the runner something to do. */
@Resolver()
export class ExecutionResolver {
  @Mutation(() => ExecuteOffboardingPayload, {
    description:
      'Lets a case begin to be carried out, and answers at once: look at the case for how far it is.',
  })
  @AllowedRoles(OPERATORS)
  async executeOffboarding(
    @Ctx() operation: Operation,
    @Arg('input', () => ExecuteOffboardingInput, { description: 'Which plan.', validate: false })
    input: ExecuteOffboardingInput,
  ): Promise<ExecuteOffboardingPayload> {
    const { caseContext, runner } = operation.services;
    const offboarding = await executeOffboarding(caseContext, actorOf(operation), input);
    runner.nudge();
    return changed(operation, ExecuteOffboardingPayload, offboarding);
  }

  @Mutation(() => ResumeOffboardingPayload, {
    description: 'Lets a case that waits, is incomplete or was stopped go on now.',
  })
  @AllowedRoles(OPERATORS)
  async resumeOffboarding(
    @Ctx() operation: Operation,
    @Arg('input', () => ResumeOffboardingInput, { description: 'Which case.', validate: false })
    input: ResumeOffboardingInput,
  ): Promise<ResumeOffboardingPayload> {
    const { caseContext, runner } = operation.services;
    const offboarding = await resumeOffboarding(caseContext, actorOf(operation), input.offboarding);
    runner.nudge();
    return changed(operation, ResumeOffboardingPayload, offboarding);
  }

  @Mutation(() => AttestActionsPayload, {
    description: 'A person says that actions are done, and where that can be seen.',
  })
  @AllowedRoles(OPERATORS)
  async attestActions(
    @Ctx() operation: Operation,
    @Arg('input', () => AttestActionsInput, { description: 'Which actions.', validate: false })
    input: AttestActionsInput,
  ): Promise<AttestActionsPayload> {
    const { caseContext, runner } = operation.services;
    const offboarding = await attestActions(caseContext, actorOf(operation), input);
    runner.nudge();
    return changed(operation, AttestActionsPayload, offboarding);
  }

  @Mutation(() => WaivePayload, {
    description: 'Lets a case go on without an action for which somebody answers until a moment.',
  })
  @AllowedRoles(APPROVERS)
  async waive(
    @Ctx() operation: Operation,
    @Arg('input', () => WaiveInput, { description: 'Which action.', validate: false })
    { until, ...input }: WaiveInput,
  ): Promise<WaivePayload> {
    const { caseContext, runner } = operation.services;
    const offboarding = await waive(caseContext, actorOf(operation), {
      ...input,
      until: until.toISOString(),
    });
    runner.nudge();
    return changed(operation, WaivePayload, offboarding);
  }
}
