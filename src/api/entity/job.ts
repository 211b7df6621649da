import { Field, ObjectType } from 'type-graphql';
import { JobType } from '../types/enums.js';
import { DateTime } from '../types/scalars.js';
import { Entity } from './entity.js';
import { Workload } from './workload.js';

@ObjectType({
  implements: [Workload, Entity],
  description: 'Anything that runs on its own: a workload.',
  simpleResolvers: true,
})
export class Job extends Workload {
  @Field(() => JobType, { nullable: true, description: 'What kind of job it is; null: unknown.' })
  get jobType(): string | null {
    return this.text('jobType');
  }

  @Field(() => String, { nullable: true, description: 'When it runs, as the source writes it.' })
  get schedule(): string | null {
    return this.text('schedule');
  }

  @Field(() => DateTime, { nullable: true, description: 'When it last ran; null: unknown.' })
  get lastRunAt(): Date | null {
    return this.time('lastRunAt');
  }
}
