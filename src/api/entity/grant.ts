import { Field, ObjectType } from 'type-graphql';
import { ConsentType, GrantType } from '../types/enums.js';
import { Entity } from './entity.js';
import { accessOf, ScopeAccess } from './scope-access.js';

@ObjectType({
  implements: Entity,
  description: 'One consent: a principal lets an app act on resources.',
  simpleResolvers: true,
})
export class Grant extends Entity {
  @Field(() => [String], { description: 'What it allows, in the words of the source.' })
  get scopes(): readonly string[] {
    return this.texts('scopes');
  }

  @Field(() => [ScopeAccess], {
    description:
      'What each of its scopes allows, by the table of well-known scopes; in the order of `scopes`.',
  })
  get access(): Promise<ScopeAccess[]> {
    return accessOf(this.scopes, this.record.source, this.moment);
  }

  @Field(() => GrantType, { nullable: true, description: 'What kind of consent it is; null: unknown.' })
  get grantType(): string | null {
    return this.text('grantType');
  }

  @Field(() => ConsentType, { nullable: true, description: 'For whom it was given; null: unknown.' })
  get consentType(): string | null {
    return this.text('consentType');
  }
}
