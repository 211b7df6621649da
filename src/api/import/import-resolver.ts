import { Arg, Ctx, Field, ID, InputType, Int, Mutation, ObjectType, Resolver } from 'type-graphql';
import type { ImportResult } from '../../import/base/types.js';
import { importSnapshots } from '../../import/index.js';
import type { Problem } from '../../model/errors.js';
import { IMPORTERS } from '../access/access.js';
import { actorOf } from '../access/actor-of.js';
import { AllowedRoles } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { enumOf } from '../types/enums.js';
import { JSONObject } from '../types/scalars.js';

const DanglingRule = enumOf(
  'DanglingRule',
  'What happens to a relationship with an unknown end.',
  ['REFUSE', 'SKIP'] as const,
  { REFUSE: 'The snapshot is refused.', SKIP: 'The relationship is left out, and listed.' },
);

@InputType({ description: 'What to import.' })
export class ImportSnapshotInput {
  @Field(() => JSONObject, { description: 'The snapshot document (`schema/snapshot.schema.json`).' })
  snapshot!: Record<string, unknown>;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Allow a full snapshot to end more than half of the live entities of its source.',
  })
  force?: boolean | null;

  @Field(() => DanglingRule, {
    nullable: true,
    description: 'What happens to a relationship with an unknown end; REFUSE by default.',
  })
  dangling?: 'REFUSE' | 'SKIP' | null;
}

@ObjectType({ description: 'An item of a snapshot that was left out.', simpleResolvers: true })
export class SkippedItem {
  @Field(() => String, { description: 'Its place in the snapshot.' })
  readonly row: string;

  @Field(() => String, { description: 'The property it is about.' })
  readonly field: string;

  @Field(() => String, { description: 'The rule it does not meet.' })
  readonly rule: string;

  @Field(() => String, { description: 'What is wrong, in a sentence.' })
  readonly message: string;

  constructor({ row, field, rule, message }: Problem) {
    this.row = row;
    this.field = field;
    this.rule = rule;
    this.message = message;
  }
}

@ObjectType({
  description: 'What an import came to. Counts are of entities and relationships together.',
  simpleResolvers: true,
})
export class ImportSnapshotPayload {
  @Field(() => ID, {
    description: 'The revision in which the change can be seen; the one before where nothing changed.',
  })
  readonly revision: string;

  @Field(() => Int, { description: 'How many are new.' })
  readonly created: number;

  @Field(() => Int, { description: 'How many have changed.' })
  readonly updated: number;

  @Field(() => Int, { description: 'How many have ended.' })
  readonly ended: number;

  @Field(() => Int, { description: 'How many are unchanged.' })
  readonly unchanged: number;

  @Field(() => [SkippedItem], { description: 'What was left out, with `dangling: SKIP`.' })
  readonly skipped: readonly SkippedItem[];

  @Field(() => [ID], {
    description:
      'The source, where it had been read later than the snapshot says: of what both readings say, the later one stands.',
  })
  readonly overtaken: readonly string[];

  constructor(result: ImportResult) {
    this.revision = String(result.revision);
    this.created = result.created;
    this.updated = result.updated;
    this.ended = result.ended;
    this.unchanged = result.unchanged;
    this.skipped = result.skipped.map((problem) => new SkippedItem(problem));
    this.overtaken = result.overtaken;
  }
}

@Resolver()
export class ImportResolver {
  @Mutation(() => ImportSnapshotPayload, {
    description:
      'Imports a snapshot of a source, as a whole or not at all. Importing it again changes nothing.',
  })
  @AllowedRoles(IMPORTERS)
  async importSnapshot(
    @Ctx() operation: Operation,
    @Arg('input', () => ImportSnapshotInput, { description: 'What to import.', validate: false })
    input: ImportSnapshotInput,
  ): Promise<ImportSnapshotPayload> {
    const { services } = operation;
    const result = await importSnapshots(services.store, [{ name: 'snapshot', document: input.snapshot }], {
      force: input.force ?? false,
      dangling: input.dangling === 'SKIP' ? 'skip' : 'refuse',
      actor: actorOf(operation),
      now: () => services.clock.now(),
      signal: operation.signal,
      postCaseMonitor: services.postCaseMonitor,
    });
    return new ImportSnapshotPayload(result);
  }
}
