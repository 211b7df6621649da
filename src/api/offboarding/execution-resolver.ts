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

/** The mutations of a case that is being executed. After each of them the runner looks for work. */
@Resolver()
export class ExecutionResolver {
  @Mutation(() => ExecuteOffboardingPayload, {
    description: 'Begins to execute a case, and answers at once: the case itself shows the progress.',
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
    description: 'Lets a case go on now that waits, is incomplete or was stopped.',
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
    description: 'A person attests that actions are done, with a reference to evidence.',
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
    description:
      'Waives an action: the case goes on without it, and a person answers for that until a given time.',
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
