import { Field, ObjectType } from 'type-graphql';
import type { Conflict as ConflictRow, Resolution as ResolutionValue } from '../../graph/answers.js';
import { Entity } from '../entity/entity.js';
import { entityByNumber } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { connectionOf } from '../paging/connection.js';
import { Resolution } from '../types/enums.js';
import { PathStep, walkedStep } from './path-step.js';

@ObjectType({
  description:
    'What has to end when the person leaves, or ends by itself, and is needed by a working workload.',
  simpleResolvers: true,
})
export class Conflict {
  constructor(
    private readonly row: ConflictRow,
    private readonly moment: Moment,
  ) {}

  @Field(() => Entity, { description: 'What ends.' })
  get entity(): Promise<Entity> {
    return entityByNumber(this.moment, this.row.entity);
  }

  @Field(() => Resolution, { description: 'How it can be resolved.' })
  get resolution(): ResolutionValue {
    return this.row.resolution;
  }

  @Field(() => [Entity], { description: 'The workloads that need it, in order of id.' })
  get workloads(): Promise<Entity>[] {
    return this.row.workloads.map((workload) => entityByNumber(this.moment, workload));
  }

  @Field(() => [PathStep], { description: 'The steps that explain why it ends, in walking order.' })
  get path(): PathStep[] {
    return this.row.path.map((step) => walkedStep(step, this.moment));
  }
}

export const ConflictConnection = connectionOf<ConflictRow, Conflict>(
  'Conflict',
  () => Conflict,
  'conflicts',
);
