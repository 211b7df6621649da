import { Arg, Ctx, ID, Mutation, Query, Resolver } from 'type-graphql';
import type { Actor } from '../../model/audit.js';
import { TendrilError } from '../../model/errors.js';
import { rehome } from '../../offboarding/case/cascade/rehome.js';
import type { CascadeResult } from '../../offboarding/case/cascade/request-cascade.js';
import { retire } from '../../offboarding/case/cascade/retire.js';
import { revoke } from '../../offboarding/case/cascade/revoke.js';
import { rotateSecret } from '../../offboarding/case/cascade/rotate-secret.js';
import { transferOwnership } from '../../offboarding/case/cascade/transfer-ownership.js';
import type { Case } from '../../offboarding/case/case.js';
import type { CaseContext } from '../../offboarding/case-context.js';
import { executeOffboarding } from '../../offboarding/execute/execute.js';
import { mayAct, OPERATORS, PREVIEWERS, READERS } from '../access/access.js';
import { actorOf } from '../access/actor-of.js';
import { AllowedRoles, ExtraCost } from '../fields/facts.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import { Cascade } from './cascade.js';
import {
  type OneThingInput,
  RehomeInput,
  RetireInput,
  RevokeInput,
  RotateSecretInput,
  TransferOwnershipInput,
} from './inputs.js';
import {
  RehomePayload,
  RetirePayload,
  RevokePayload,
  RotateSecretPayload,
  TransferOwnershipPayload,
} from './payloads.js';

type PayloadClass<P> = new (cascade: Cascade, offboarding: Case | null, moment: Moment) => P;

/** A request to begin a cascade. */
interface CascadeRequest<P> {
  readonly input: OneThingInput;
  readonly target: string;
  readonly Payload: PayloadClass<P>;
  readonly begin: (caseContext: CaseContext, actor: Actor) => Promise<CascadeResult>;
}

@Resolver()
export class CascadeResolver {
  @Query(() => Cascade, {
    description: 'What else would end if an entity were revoked, and which workloads would break.',
  })
  @AllowedRoles(READERS)
  // It makes a plan.
  @ExtraCost(10_000)
  async previewRevocation(
    @Ctx() operation: Operation,
    @Arg('target', () => ID, { description: 'Id of what would be revoked.' }) target: string,
  ): Promise<Cascade> {
    const asked = { target, reason: 'a preview', dryRun: true };
    const thing = await revoke(operation.services.caseContext, actorOf(operation), asked);
    return new Cascade(thing, target, await operation.moment());
  }

  @Mutation(() => RevokePayload, { description: 'Revokes an entity with everything derived from it.' })
  @AllowedRoles(PREVIEWERS)
  revoke(
    @Ctx() operation: Operation,
    @Arg('input', () => RevokeInput, { description: 'What.', validate: false }) input: RevokeInput,
  ): Promise<RevokePayload> {
    const begin = (caseContext: CaseContext, actor: Actor) => revoke(caseContext, actor, input);
    return oneThing(operation, { input, target: input.target, Payload: RevokePayload, begin });
  }

  @Mutation(() => RotateSecretPayload, { description: 'Rotates a secret with all its copies.' })
  @AllowedRoles(PREVIEWERS)
  rotateSecret(
    @Ctx() operation: Operation,
    @Arg('input', () => RotateSecretInput, { description: 'Which.', validate: false })
    input: RotateSecretInput,
  ): Promise<RotateSecretPayload> {
    const begin = (caseContext: CaseContext, actor: Actor) => rotateSecret(caseContext, actor, input);
    return oneThing(operation, { input, target: input.secret, Payload: RotateSecretPayload, begin });
  }

  @Mutation(() => RehomePayload, { description: 'Lets a workload go on without the people it depends on.' })
  @AllowedRoles(PREVIEWERS)
  rehome(
    @Ctx() operation: Operation,
    @Arg('input', () => RehomeInput, { description: 'Which.', validate: false }) input: RehomeInput,
  ): Promise<RehomePayload> {
    const begin = (caseContext: CaseContext, actor: Actor) => rehome(caseContext, actor, input);
    return oneThing(operation, { input, target: input.workload, Payload: RehomePayload, begin });
  }

  @Mutation(() => TransferOwnershipPayload, { description: 'Gives an entity another owner.' })
  @AllowedRoles(PREVIEWERS)
  transferOwnership(
    @Ctx() operation: Operation,
    @Arg('input', () => TransferOwnershipInput, { description: 'Which.', validate: false })
    input: TransferOwnershipInput,
  ): Promise<TransferOwnershipPayload> {
    const begin = (caseContext: CaseContext, actor: Actor) => transferOwnership(caseContext, actor, input);
    return oneThing(operation, { input, target: input.entity, Payload: TransferOwnershipPayload, begin });
  }

  @Mutation(() => RetirePayload, {
    description:
      'Retires a job, whose credentials stay, or an app or identity with everything derived from it.',
  })
  @AllowedRoles(PREVIEWERS)
  retire(
    @Ctx() operation: Operation,
    @Arg('input', () => RetireInput, { description: 'Which.', validate: false }) input: RetireInput,
  ): Promise<RetirePayload> {
    const begin = (caseContext: CaseContext, actor: Actor) => retire(caseContext, actor, input);
    return oneThing(operation, { input, target: input.entity, Payload: RetirePayload, begin });
  }
}

/** Previews a cascade, or begins it. A cascade that needs approval waits for a second person. */
async function oneThing<P>(
  operation: Operation,
  { input, target, Payload, begin }: CascadeRequest<P>,
): Promise<P> {
  const { caseContext, runner } = operation.services;
  // Planners may preview; only operators may execute.
  if (input.dryRun !== true && !mayAct(operation.viewer, OPERATORS)) {
    const message = `Without \`dryRun\` it is for the roles ${OPERATORS.join(', ')}. Ask somebody who has one of them.`;
    throw new TendrilError('FORBIDDEN', message);
  }
  const actor = actorOf(operation);
  const thing = await begin(caseContext, actor);
  const waits = thing.case === null || thing.needsApproval;
  const offboarding = waits ? thing.case : await execute(caseContext, actor, thing.case);
  if (offboarding !== null) runner.nudge();
  const moment = await operation.afterWrite();
  return new Payload(new Cascade(thing, target, moment), offboarding, moment);
}

function execute(caseContext: CaseContext, actor: Actor, { id, planHash }: Case): Promise<Case> {
  return executeOffboarding(caseContext, actor, { offboarding: id, planHash });
}
