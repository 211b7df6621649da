import { Field, ObjectType } from 'type-graphql';
import { Entity } from './entity.js';

@ObjectType({
  implements: Entity,
  description: "A person's login in one source system.",
  simpleResolvers: true,
})
export class Account extends Entity {
  @Field(() => String, { nullable: true, description: 'What they sign in as.' })
  get login(): string | null {
    return this.text('login');
  }

  @Field(() => Boolean, {
    description: "Whether the company can disable it; false: the person's own, or another tenant's.",
  })
  get managed(): boolean {
    return this.flag('managed');
  }
}
