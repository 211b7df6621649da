import { Ctx, Field, ID, Int, ObjectType } from 'type-graphql';
import type { ReasonStep } from '../../graph/reason.js';
import { NOTHING_RECORDED } from '../../model/visibility.js';
import type { CascadeResult } from '../../offboarding/case/cascade/request-cascade.js';
import { inOrderOfExecution } from '../../offboarding/case/case-actions.js';
import type { Action, ActionKind as ActionKindValue } from '../../offboarding/plan/plan.js';
import { mayAct, OPERATORS } from '../access/access.js';
import { Entity } from '../entity/entity.js';
import { entityById, entityOrNull } from '../entity/wrap.js';
import { Because, reasonPath } from '../offboarding/because.js';
import { Decision } from '../offboarding/decision.js';
import { ActionKind } from '../offboarding/enums.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import { BlindSpot, SourceCoverage } from '../radii/coverage.js';
import { blindSpotsThen, coverageThen } from '../radii/visible.js';
import { Source, sourceById } from '../source/source.js';
import { JSONObject } from '../types/scalars.js';

@ObjectType({ description: 'One action on one entity, and its reason.', simpleResolvers: true })
export class CascadeStep {
  constructor(
    private readonly action: Action,
    private readonly reasons: readonly ReasonStep[],
    private readonly target: string,
    private readonly moment: Moment,
  ) {}

  @Field(() => Int, { description: 'Its phase, as for an action of a case.' })
  get phase(): number {
    return this.action.phase;
  }

  @Field(() => ActionKind, { description: 'What is done.' })
  get kind(): ActionKindValue {
    return this.action.kind;
  }

  @Field(() => Entity, { nullable: true, description: 'The entity; null where it is still to be made.' })
  get entity(): Promise<Entity | null> {
    return entityOrNull(this.moment, this.action.entity);
  }

  @Field(() => ID, { description: 'Id of what it is done to, or of what it makes.' })
  get entityId(): string {
    return this.action.entity;
  }

  @Field(() => Source, { nullable: true, description: 'The source on which it takes effect.' })
  get source(): Promise<Source | null> {
    return sourceById(this.moment, this.action.source);
  }

  @Field(() => JSONObject, {
    description: 'What a person or a source needs to know to do it. Never a credential.',
  })
  get details(): Readonly<Record<string, unknown>> {
    return this.action.details;
  }

  @Field(() => [JSONObject], {
    description: 'What it changes in the graph, as `schema/plan.schema.json` has it.',
  })
  get changes(): readonly Readonly<Record<string, unknown>>[] {
    return this.action.changes as readonly unknown[] as readonly Record<string, unknown>[];
  }

  @Field(() => Because, { description: 'Why.' })
  get because(): Because {
    return new Because(reasonPath(this.moment, this.reasons, this.target));
  }
}

@ObjectType({
  description:
    'What ends, changes or breaks when one entity is revoked, rotated, re-homed, transferred or retired.',
  simpleResolvers: true,
})
export class Cascade {
  constructor(
    private readonly thing: CascadeResult,
    private readonly target: string,
    private readonly moment: Moment,
  ) {}

  @Field(() => String, {
    description:
      'Hash of the preview. Given as `expectedHash`, nothing is done if the preview has changed by then.',
  })
  get hash(): string {
    return this.thing.hash;
  }

  @Field(() => ID, { description: 'The revision of the graph that it is of.' })
  get revision(): string {
    return String(this.thing.revision);
  }

  @Field(() => Entity, { description: 'The entity that was asked about.' })
  get about(): Promise<Entity> {
    return entityById(this.moment, this.target);
  }

  @Field(() => Entity, {
    nullable: true,
    description: 'The person who answers for what is provisioned; null where nothing is.',
  })
  get successor(): Promise<Entity | null> | null {
    const { successor } = this.thing.plan.body;
    return successor === null ? null : entityOrNull(this.moment, successor);
  }

  @Field(() => [Decision], {
    description: 'The decision about the entity where it is re-homed or retired: that of the caller.',
  })
  get decisions(): Decision[] {
    return this.thing.plan.body.decisions.map(
      (planned) =>
        new Decision({ entity: planned.entity, planned, override: null, choices: [] }, this.moment),
    );
  }

  @Field(() => [CascadeStep], { description: 'What is done, in order.' })
  get steps(): CascadeStep[] {
    const { body, because } = this.thing.plan;
    return inOrderOfExecution(body).map(
      (action) => new CascadeStep(action, because[action.id] ?? [], this.target, this.moment),
    );
  }

  @Field(() => [Entity], { description: 'Workloads that work now and would stop, by id.' })
  get breaks(): Promise<Entity>[] {
    return this.thing.breaks.map((id) => entityById(this.moment, id));
  }

  @Field(() => [Entity], { description: 'Workloads that stop because they are retired, by id.' })
  get retires(): Promise<Entity>[] {
    const { breaks, plan } = this.thing;
    return plan.prediction.broken
      .filter((id) => !breaks.includes(id))
      .map((id) => entityById(this.moment, id));
  }

  @Field(() => [BlindSpot], { description: 'What the sources did not look for, by account.' })
  get blindSpots(): Promise<BlindSpot[]> {
    return blindSpotsThen(this.moment, this.thing.plan.visibility ?? NOTHING_RECORDED);
  }

  @Field(() => [SourceCoverage], { description: 'What was known of each source, in order of id.' })
  get coverage(): Promise<SourceCoverage[]> {
    return coverageThen(this.moment, this.thing.plan.visibility ?? NOTHING_RECORDED);
  }

  @Field(() => Boolean, { description: 'Whether a second person has to approve it.' })
  get needsApproval(): boolean {
    return this.thing.needsApproval;
  }

  @Field(() => Boolean, {
    description: 'Whether the caller may execute it: planners may only preview.',
    simple: false,
  })
  viewerMay(@Ctx() { viewer }: Operation): boolean {
    return mayAct(viewer, OPERATORS);
  }
}
