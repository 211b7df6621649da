import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import {
  type TakenBack as Result,
  removeSource,
  revertImport,
  type TakeBackOptions,
} from '../../import/index.js';
import { badInput } from '../../model/errors.js';
import { quote } from '../../model/quote.js';
import { openCasesAbout } from '../../offboarding/case/open-cases-about.js';
import { requireReason } from '../../offboarding/case/reason.js';
import { ADMINS, IMPORTERS, requireRole } from '../access/access.js';
import { actorOf } from '../access/actor-of.js';
import { AllowedRoles } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';

@InputType()
abstract class TakeBackInput {
  @Field(() => String, { description: 'Why, for the audit log.' })
  reason!: string;

  @Field(() => Boolean, { nullable: true, description: 'Only count what would change: nothing is written.' })
  dryRun?: boolean | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Also where an open case is about something that changes. For the role ADMIN.',
  })
  force?: boolean | null;
}

@InputType({ description: 'Which source to remove.' })
export class RemoveSourceInput extends TakeBackInput {
  @Field(() => ID, { description: 'Its id.' })
  source!: string;
}

@InputType({ description: 'Which import to take back.' })
export class RevertImportInput extends TakeBackInput {
  @Field(() => ID, { description: 'The revision that the import made.' })
  revision!: string;
}

@ObjectType({ simpleResolvers: true })
abstract class TakenBackPayload {
  @Field(() => ID, { description: 'The revision without it; with `dryRun`, the present one.' })
  readonly revision: string;

  @Field(() => [ID], { description: 'The sources whose claims were taken back.' })
  readonly sources: readonly string[];

  @Field(() => Int, { description: 'How many entities are gone, as if they had never been reported.' })
  readonly goneEntities: number;

  @Field(() => Int, { description: 'How many relationships are gone.' })
  readonly goneRelationships: number;

  @Field(() => Int, { description: 'How many entities are as they were before.' })
  readonly changedEntities: number;

  @Field(() => Int, { description: 'How many relationships are as they were before.' })
  readonly changedRelationships: number;

  @Field(() => [ID], { description: 'The open cases that are about something that changes.' })
  readonly offboardings: readonly string[];

  constructor(result: Result) {
    this.revision = String(result.revision);
    this.sources = result.sources;
    this.goneEntities = result.goneEntities;
    this.goneRelationships = result.goneRelationships;
    this.changedEntities = result.changedEntities;
    this.changedRelationships = result.changedRelationships;
    this.offboardings = result.cases;
  }
}

@ObjectType({ description: 'What the removal of a source came to.', simpleResolvers: true })
export class RemoveSourcePayload extends TakenBackPayload {}

@ObjectType({ description: 'What taking back an import came to.', simpleResolvers: true })
export class RevertImportPayload extends TakenBackPayload {}

@Resolver()
export class TakeBackResolver {
  @Mutation(() => RemoveSourcePayload, {
    description:
      'Removes a source: what only it claims is gone, as if it had never been reported; `asOf` and the audit log go on ' +
      'showing what was believed when.',
  })
  @AllowedRoles(ADMINS)
  async removeSource(
    @Ctx() operation: Operation,
    @Arg('input', () => RemoveSourceInput, { description: 'Which.', validate: false })
    input: RemoveSourceInput,
  ): Promise<RemoveSourcePayload> {
    const { store } = operation.services;
    return new RemoveSourcePayload(await removeSource(store, input.source, optionsOf(operation, input)));
  }

  @Mutation(() => RevertImportPayload, {
    description:
      'Takes back the last import of a source: its claims are those of the import before. What other sources said and ' +
      'what cases did since stays.',
  })
  @AllowedRoles(IMPORTERS)
  async revertImport(
    @Ctx() operation: Operation,
    @Arg('input', () => RevertImportInput, { description: 'Which.', validate: false })
    input: RevertImportInput,
  ): Promise<RevertImportPayload> {
    const { store } = operation.services;
    if (!/^[1-9]\d{0,14}$/.test(input.revision)) {
      throw badInput(
        `${quote(input.revision)} is no revision: give the number that the import answered with.`,
      );
    }
    const options = optionsOf(operation, input);
    return new RevertImportPayload(await revertImport(store, Number(input.revision), options));
  }
}

function optionsOf(operation: Operation, { reason, force, dryRun }: TakeBackInput): TakeBackOptions {
  const { services, viewer, signal } = operation;
  if (force === true) requireRole(viewer, ADMINS, 'Changing what an open case is about');
  const { journal } = services.store;
  return {
    actor: actorOf(operation),
    reason: requireReason(reason),
    now: () => services.clock.now(),
    force: force ?? false,
    dryRun: dryRun ?? false,
    openCases: { about: async (ids) => (await openCasesAbout(journal, ids)).map(({ id }) => id) },
    signal,
  };
}
