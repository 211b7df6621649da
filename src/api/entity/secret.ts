import { Field, ObjectType } from 'type-graphql';
import { DateTime } from '../types/scalars.js';
import { Entity } from './entity.js';

@ObjectType({
  implements: Entity,
  description:
    'A place where credential material is kept: vault path, CI secret, credential store. The material itself is never here.',
  simpleResolvers: true,
})
export class Secret extends Entity {
  @Field(() => String, { nullable: true, description: 'What keeps it.' })
  get store(): string | null {
    return this.text('store');
  }

  @Field(() => String, { nullable: true, description: 'Where in the store it is.' })
  get path(): string | null {
    return this.text('path');
  }

  @Field(() => String, {
    nullable: true,
    description: 'A keyed hash of the material, by which copies are found.',
  })
  get fingerprint(): string | null {
    return this.text('fingerprint');
  }

  @Field(() => String, { nullable: true, description: 'Which version of the material it holds.' })
  get version(): string | null {
    return this.text('version');
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the material was last replaced; null: unknown.',
  })
  get rotatedAt(): Date | null {
    return this.time('rotatedAt');
  }
}
