import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { Role } from '../../model/roles.js';
import type { Viewer as Asking } from '../access.js';
import { RoleName } from '../enums.js';
import type { Operation } from '../operation.js';

@ObjectType({ description: 'Who is asking.', simpleResolvers: true })
export class Viewer {
  @Field(() => String, { description: 'The subject that signed in.' })
  readonly subject: string;

  @Field(() => [RoleName], { description: 'What they may do.' })
  readonly roles: readonly Role[];

  constructor(asking: Asking) {
    this.subject = asking.subject;
    this.roles = asking.roles;
  }
}

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'Who is asking: the service knows its callers by their tokens.' })
  viewer(@Ctx() operation: Operation): Viewer {
    return new Viewer(operation.viewer);
  }
}
