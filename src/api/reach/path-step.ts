import { Field, Int, ObjectType } from 'type-graphql';
import type { Step } from '../../graph/answers.js';
import { Entity } from '../entity/entity.js';
import { entityByNumber } from '../entity/wrap.js';
import type { Moment } from '../moment.js';
import { Relationship } from '../relationship/relationship.js';

@ObjectType({
  description: 'One step of a path, in walking order: its ends are those of the step, not of the arrow.',
  simpleResolvers: true,
})
export class PathStep {
  constructor(
    private readonly step: Step,
    private readonly moment: Moment,
  ) {}

  @Field(() => Entity, { description: 'Where the step begins.' })
  get from(): Promise<Entity> {
    return entityByNumber(this.moment, this.step.from);
  }

  @Field(() => Relationship, { description: 'The relationship that was walked, with or against its arrow.' })
  get relationship(): Promise<Relationship> {
    return this.moment.relationshipOf(this.step).then((record) => new Relationship(record, this.moment));
  }

  @Field(() => Entity, { description: 'Where the step ends.' })
  get to(): Promise<Entity> {
    return entityByNumber(this.moment, this.step.to);
  }
}

@ObjectType({ description: 'A way from one entity to another.', simpleResolvers: true })
export class Path {
  @Field(() => Int, { description: 'How many steps it has.' })
  readonly length: number;

  @Field(() => [PathStep], { description: 'The steps, in walking order.' })
  readonly steps: readonly PathStep[];

  constructor(steps: readonly Step[], moment: Moment) {
    this.length = steps.length;
    this.steps = steps.map((step) => new PathStep(step, moment));
  }
}
