import { Field, ID, Int, ObjectType } from 'type-graphql';
import type { OneThing } from '../../offboarding/case/one-thing/one-thing.js';
import { inOrderOfExecution } from '../../offboarding/execute/case-actions.js';
import type { Action, ActionKind as ActionKindValue, ReasonStep } from '../../offboarding/plan/plan.js';
import { Entity } from '../entity/entity.js';
import { entityById, entityOrNull } from '../entity/wrap.js';
import type { Moment } from '../moment.js';
import { Because, reasonPath } from '../offboarding/because.js';
import { ActionKind } from '../offboarding/enums.js';

@ObjectType({ description: 'One thing that is done to one thing, and why.', simpleResolvers: true })
export class CascadeStep {
  constructor(
    private readonly action: Action,
    private readonly reasons: readonly ReasonStep[],
    private readonly target: string,
    private readonly moment: Moment,
  ) {}

  @Field(() => Int, { description: 'Its phase, as of an action of a case.' })
  get phase(): number {
    return this.action.phase;
  }

  @Field(() => ActionKind, { description: 'What is done.' })
  get kind(): ActionKindValue {
    return this.action.kind;
  }

  @Field(() => Entity, { nullable: true, description: 'To what; null where it is still to be made.' })
  get entity(): Promise<Entity | null> {
    return entityOrNull(this.moment, this.action.entity);
  }

  @Field(() => ID, { description: 'Id of what it is done to, or of what it makes.' })
  get entityId(): string {
    return this.action.entity;
  }

  @Field(() => Because, { description: 'Why.' })
  get because(): Because {
    return new Because(reasonPath(this.moment, this.reasons, this.target));
  }
}

@ObjectType({ description: 'What one thing takes with it.', simpleResolvers: true })
export class Cascade {
  constructor(
    private readonly thing: OneThing,
    private readonly target: string,
    private readonly moment: Moment,
  ) {}

  @Field(() => String, {
    description:
      'Names the preview: give it as `expectedHash`, and if it is another one by then nothing is done.',
  })
  get hash(): string {
    return this.thing.hash;
  }

  @Field(() => ID, { description: 'The state of the graph it speaks of.' })
  get revision(): string {
    return String(this.thing.revision);
  }

  @Field(() => [CascadeStep], { description: 'What is done, in order.' })
  get steps(): CascadeStep[] {
    const { body, because } = this.thing.plan;
    return inOrderOfExecution(body).map(
      (action) => new CascadeStep(action, because[action.id] ?? [], this.target, this.moment),
    );
  }

  @Field(() => [Entity], { description: 'Workloads that work now and would not, by id.' })
  get breaks(): Promise<Entity>[] {
    return this.thing.breaks.map((id) => entityById(this.moment, id));
  }

  @Field(() => Boolean, { description: 'Whether a second person has to approve it.' })
  get needsApproval(): boolean {
    return this.thing.needsApproval;
  }
}
