import { Field, ObjectType } from 'type-graphql';
import { Entity } from './entity.js';

@ObjectType({
  implements: Entity,
  description: 'A principal that is no person: service account, managed identity, assumable role, bot user.',
  simpleResolvers: true,
})
export class ServiceIdentity extends Entity {
  @Field(() => String, { nullable: true, description: 'What the source calls such an identity.' })
  get identityType(): string | null {
    return this.text('identityType');
  }

  @Field(() => Boolean, {
    description: 'Whether the platform keeps its credentials, so that nobody holds them.',
  })
  get managed(): boolean {
    return this.flag('managed');
  }
}
