import { Field, ObjectType } from 'type-graphql';
import { Sensitivity } from '../types/enums.js';
import { Entity } from './entity.js';

@ObjectType({
  implements: Entity,
  description:
    'What access is for: repository, bucket, database, drive, channel, environment, workstation, tenant.',
  simpleResolvers: true,
})
export class Resource extends Entity {
  @Field(() => String, { nullable: true, description: 'What the source calls such a thing.' })
  get resourceType(): string | null {
    return this.text('resourceType');
  }

  @Field(() => Sensitivity, {
    nullable: true,
    description: 'How much harm its loss would do; null: unknown.',
  })
  get sensitivity(): string | null {
    return this.text('sensitivity');
  }

  @Field(() => Boolean, {
    description: "Whether it is one person's own workstation, private notebook or vault.",
  })
  get personal(): boolean {
    return this.flag('personal');
  }
}
