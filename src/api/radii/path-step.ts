import { Field, Int, ObjectType } from 'type-graphql';
import type { Step } from '../../graph/answers.js';
import { Entity } from '../entity/entity.js';
import { entityByNumber } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { Relationship } from '../relationship/relationship.js';

/** The parts of a step, read when they are asked for. */
export interface StepParts {
  from(): Promise<Entity>;
  relationship(): Promise<Relationship>;
  to(): Promise<Entity>;
}

@ObjectType({
  description:
    'One step of a path, in walking order. `from` and `to` are the ends of the step, which may be opposite to those of the relationship.',
  simpleResolvers: true,
})
export class PathStep {
  constructor(private readonly parts: StepParts) {}

  @Field(() => Entity, { description: 'The entity at which the step begins.' })
  get from(): Promise<Entity> {
    return this.parts.from();
  }

  @Field(() => Relationship, {
    description: 'The relationship of the step, walked with or against its direction.',
  })
  get relationship(): Promise<Relationship> {
    return this.parts.relationship();
  }

  @Field(() => Entity, { description: 'The entity at which the step ends.' })
  get to(): Promise<Entity> {
    return this.parts.to();
  }
}

/** A step that a query of the graph returned. */
export function walkedStep(step: Step, moment: Moment): PathStep {
  return new PathStep({
    from: () => entityByNumber(moment, step.from),
    relationship: async () => new Relationship(await moment.relationshipOf(step), moment),
    to: () => entityByNumber(moment, step.to),
  });
}

@ObjectType({ description: 'A path from one entity to another.', simpleResolvers: true })
export class Path {
  @Field(() => Int, { description: 'How many steps it has.' })
  readonly length: number;

  @Field(() => [PathStep], { description: 'The steps, in walking order.' })
  readonly steps: readonly PathStep[];

  constructor(steps: readonly Step[], moment: Moment) {
    this.length = steps.length;
    this.steps = steps.map((step) => walkedStep(step, moment));
  }
}
