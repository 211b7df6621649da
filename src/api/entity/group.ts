import { Field, ObjectType } from 'type-graphql';
import { Entity } from './entity.js';

@ObjectType({ implements: Entity, description: 'A group, team or role.', simpleResolvers: true })
export class Group extends Entity {
  @Field(() => String, { nullable: true, description: 'What the source calls such a group.' })
  get groupType(): string | null {
    return this.text('groupType');
  }
}
