import { Field, ObjectType } from 'type-graphql';
import { TokenType } from '../types/enums.js';
import { DateTime } from '../types/scalars.js';
import { Entity } from './entity.js';
import { accessOf, ScopeAccess } from './scope-access.js';

@ObjectType({
  implements: Entity,
  description: 'One credential instance. Its value is never stored.',
  simpleResolvers: true,
})
export class Token extends Entity {
  @Field(() => TokenType, { nullable: true, description: 'What kind of credential it is; null: unknown.' })
  get tokenType(): string | null {
    return this.text('tokenType');
  }

  @Field(() => String, { nullable: true, description: 'Tokens of one family are revoked together.' })
  get family(): string | null {
    return this.text('family');
  }

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

  @Field(() => DateTime, { nullable: true, description: 'When it expires; null: never, or unknown.' })
  get expiresAt(): Date | null {
    return this.time('expiresAt');
  }

  @Field(() => Boolean, { description: 'Whether it works until it expires, even after it has been revoked.' })
  get selfContained(): boolean {
    return this.flag('selfContained');
  }
}
