import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { Case } from '../../offboarding/case/case.js';
import type {
  ActionState as ActionStateValue,
  CaseAction,
  Waiver as Waived,
} from '../../offboarding/case/case-action.js';
import type { ActionKind as ActionKindValue } from '../../offboarding/plan/plan.js';
import type { Proof as ProofValue } from '../../sources/actuator.js';
import { Entity } from '../entity/entity.js';
import { entityOrNull } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { connectionOf } from '../paging/connection.js';
import { Source, sourceById } from '../source/source.js';
import { DateTime, JSONObject } from '../types/scalars.js';
import { Because, reasonPath } from './because.js';
import { ActionKind, ActionState, Proof } from './enums.js';

@ObjectType({
  description: 'A waiver: a person answers for going on without an action.',
  simpleResolvers: true,
})
export class Waiver {
  constructor(private readonly waived: Waived) {}

  @Field(() => String, { description: 'Id of the human who answers for it.' })
  get owner(): string {
    return this.waived.owner;
  }

  @Field(() => DateTime, {
    description: 'When it expires; after that the action keeps the case incomplete again.',
  })
  get until(): Date {
    return new Date(this.waived.until);
  }

  @Field(() => String, { description: 'Why.' })
  get reason(): string {
    return this.waived.reason;
  }

  @Field(() => String, { description: 'The subject that waived.' })
  get by(): string {
    return this.waived.by;
  }
}

/** An action and its case. */
export interface ActionRow {
  readonly offboarding: Case;
  readonly done: CaseAction;
}

@ObjectType({ description: 'One thing that a case does.', simpleResolvers: true })
export class OffboardingAction {
  constructor(
    private readonly row: ActionRow,
    private readonly moment: Moment,
  ) {}

  @Field(() => ID, { description: 'Its id in the case: phase, kind and id of the entity.' })
  get id(): string {
    return this.row.done.action.id;
  }

  @Field(() => Int, {
    description:
      'Its phase: 1 fence, 2 provision, 3 revoke credentials, 4 revoke grants, 5 rotate, 6 transfer and retire, 7 verify.',
  })
  get phase(): number {
    return this.row.done.action.phase;
  }

  @Field(() => Boolean, {
    description: 'Whether it may be done while the last working day is still ahead.',
  })
  get early(): boolean {
    return this.row.done.action.early;
  }

  @Field(() => Int, { description: 'Its place in the order of execution, from 0.' })
  get position(): number {
    return this.row.done.position;
  }

  @Field(() => ActionKind, { description: 'What it does.' })
  get kind(): ActionKindValue {
    return this.row.done.action.kind;
  }

  @Field(() => Entity, {
    nullable: true,
    description: 'The entity that it is done to; null while it is still to be made.',
  })
  get entity(): Promise<Entity | null> {
    return entityOrNull(this.moment, this.row.done.action.entity);
  }

  @Field(() => ID, { description: 'Id of the entity that it is done to, or that it makes.' })
  get entityId(): string {
    return this.row.done.action.entity;
  }

  @Field(() => Source, { nullable: true, description: 'The source on which it takes effect.' })
  get source(): Promise<Source | null> {
    return sourceById(this.moment, this.row.done.action.source);
  }

  @Field(() => Because, { description: 'Why it is done.' })
  get because(): Because {
    const { offboarding, done } = this.row;
    return new Because(
      reasonPath(this.moment, done.because, offboarding.input.human ?? offboarding.input.target),
    );
  }

  @Field(() => ActionState, { description: 'Its state.' })
  get state(): ActionStateValue {
    return this.row.done.state;
  }

  @Field(() => Proof, {
    nullable: true,
    description: 'By what kind of proof it is known to be done; null while it is not done.',
  })
  get proof(): ProofValue | null {
    return this.row.done.proof;
  }

  @Field(() => String, {
    nullable: true,
    description: "The source's request id, or where a person's evidence is.",
  })
  get proofReference(): string | null {
    return this.row.done.proofReference;
  }

  @Field(() => Int, { description: 'How often it was tried.' })
  get attempts(): number {
    return this.row.done.attempts;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why the last attempt failed; null where it did not fail.',
  })
  get lastError(): string | null {
    return this.row.done.lastError;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'The time before which it is not tried again; null: it may be tried at any time.',
  })
  get notBefore(): Date | null {
    return timeOf(this.row.done.notBefore);
  }

  @Field(() => String, {
    description: 'The key of all its attempts, so that the source does it once.',
  })
  get idempotencyKey(): string {
    return this.row.done.idempotencyKey;
  }

  @Field(() => [ID], { description: 'Ids of the actions that have to be done before.' })
  get dependsOn(): readonly string[] {
    return this.row.done.action.dependsOn;
  }

  @Field(() => JSONObject, {
    description: 'What a person or a source needs to know to do it. Never a credential.',
  })
  get details(): Readonly<Record<string, unknown>> {
    return this.row.done.action.details;
  }

  @Field(() => [JSONObject], {
    description: 'What it changes in the graph, as `schema/plan.schema.json` has it.',
  })
  get changes(): readonly Readonly<Record<string, unknown>>[] {
    return this.row.done.action.changes as readonly unknown[] as readonly Record<string, unknown>[];
  }

  @Field(() => Waiver, { nullable: true, description: 'The waiver; null where there is none.' })
  get waiver(): Waiver | null {
    const { waiver } = this.row.done;
    return waiver === null ? null : new Waiver(waiver);
  }

  @Field(() => Int, { description: 'Which sweep added it; 0: the plan has it.' })
  get sweep(): number {
    return this.row.done.sweep;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was first requested; null: it was not.' })
  get requestedAt(): Date | null {
    return timeOf(this.row.done.requestedAt);
  }

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null: it has not.' })
  get settledAt(): Date | null {
    return timeOf(this.row.done.settledAt);
  }
}

/** A time in ISO 8601 as a date; null stays null. */
export const timeOf = (written: string | null): Date | null => (written === null ? null : new Date(written));

export const ActionConnection = connectionOf<ActionRow, OffboardingAction>(
  'OffboardingAction',
  () => OffboardingAction,
  'actions of a case',
);
