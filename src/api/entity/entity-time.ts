import { Field, Int, ObjectType } from 'type-graphql';
import { ENTITY_TIMES, type EntityTime as EntityTimeValue } from '../../store/queries.js';
import { enumOf } from '../types/enums.js';

export type { EntityTimeValue };

export const EntityTime = enumOf('EntityTime', 'A time that a source may not know.', ENTITY_TIMES, {
  CREATED_AT: 'When it was made.',
  LAST_USED_AT: 'When it was last used.',
  EXPIRES_AT: 'When a token expires. One without this time expires never, or nobody said when.',
  LAST_WORKING_DAY: 'The last working day of a person.',
});

@ObjectType({
  description: 'Entities that a filter leaves out because a time is unknown.',
  simpleResolvers: true,
})
export class LeftOut {
  @Field(() => EntityTime, { description: 'The time that the filter asks about.' })
  readonly time: EntityTimeValue;

  @Field(() => Int, { description: 'How many entities meet all other conditions, and have no such time.' })
  readonly count: number;

  constructor(time: EntityTimeValue, count: number) {
    this.time = time;
    this.count = count;
  }
}
