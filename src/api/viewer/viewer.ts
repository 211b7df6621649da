import { Ctx, Field, ObjectType, Query, Resolver } from 'type-graphql';
import type { Role } from '../../model/roles.js';
import { ROLES } from '../../model/roles.js';
import type { Viewer as Asking } from '../access/access.js';
import { AllowedRoles } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { RoleName } from '../types/enums.js';
import { DateTime } from '../types/scalars.js';

@ObjectType({ description: 'The caller.', simpleResolvers: true })
export class Viewer {
  @Field(() => String, { description: 'The subject that signed in.' })
  readonly subject: string;

  @Field(() => [RoleName], { description: 'The roles of the caller.' })
  readonly roles: readonly Role[];

  @Field(() => String, { description: 'How they signed in: `static-token` or `oidc`.' })
  readonly signedInBy: string;

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the sign-in expires, and with it every subscription; null: it does not expire.',
  })
  readonly expiresAt: Date | null;

  constructor(asking: Asking) {
    this.subject = asking.subject;
    this.signedInBy = asking.signedInBy;
    this.expiresAt = asking.expiresAt === undefined ? null : new Date(asking.expiresAt);
    this.roles = asking.roles;
  }
}

@Resolver()
export class ViewerResolver {
  @Query(() => Viewer, { description: 'The caller, whom the service knows by the token.' })
  @AllowedRoles(ROLES)
  viewer(@Ctx() operation: Operation): Viewer {
    return new Viewer(operation.viewer);
  }
}
