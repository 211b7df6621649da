import { Field, ObjectType } from 'type-graphql';
import { Entity } from './entity.js';

@ObjectType({ implements: Entity, description: 'A person.', simpleResolvers: true })
export class Human extends Entity {
  @Field(() => String, { nullable: true, description: 'Their address.' })
  get email(): string | null {
    return this.text('email');
  }

  @Field(() => String, { nullable: true, description: 'Their number in the personnel system.' })
  get employeeId(): string | null {
    return this.text('employeeId');
  }

  @Field(() => String, {
    nullable: true,
    description: 'Their last working day: a date or a time, as the source wrote it.',
  })
  get lastWorkingDay(): string | null {
    return this.text('lastWorkingDay');
  }

  @Field(() => String, {
    nullable: true,
    description: 'Their time zone by its IANA name. A last working day that is a date ends there.',
  })
  get timeZone(): string | null {
    return this.text('timeZone');
  }
}
