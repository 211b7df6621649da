import { Arg, Args, FieldResolver, Resolver, Root } from 'type-graphql';
import type { RelationshipType as TypeValue } from '../../model/relationships.js';
import type { Direction as DirectionValue } from '../../store/queries.js';
import { EntityConnection } from '../entity/connection.js';
import { Entity } from '../entity/entity.js';
import { PageArgs } from '../paging/page-args.js';
import { Direction, RelationshipType } from '../types/enums.js';
import { RelationshipConnection } from './connection.js';
import { ownersOf } from './owners-of.js';
import { relationshipsOf } from './relationships-of.js';

/** Every row of an answer may have these fields. Their arguments are checked by hand, which costs no time per row. */
const byHand = { validate: false } as const;

/** The relationships and the owners of an entity. */
@Resolver(() => Entity)
export class NeighboursResolver {
  @FieldResolver(() => EntityConnection, {
    description: 'The owners, who answer for it, whatever their status; in order of id.',
  })
  owners(@Root() entity: Entity, @Args(() => PageArgs, byHand) page: PageArgs): Promise<EntityConnection> {
    return ownersOf(entity, page);
  }

  @FieldResolver(() => RelationshipConnection, {
    description: 'Its relationships: by type, then direction, then the id of the other end.',
  })
  relationships(
    @Root() entity: Entity,
    @Args(() => PageArgs, byHand) page: PageArgs,
    @Arg('direction', () => Direction, {
      nullable: true,
      description: 'Only those that begin at it (OUT) or end at it (IN); BOTH by default.',
      ...byHand,
    })
    direction?: DirectionValue | null,
    @Arg('types', () => [RelationshipType], {
      nullable: true,
      description: 'Only of these types.',
      ...byHand,
    })
    types?: readonly TypeValue[] | null,
    @Arg('ended', () => Boolean, {
      nullable: true,
      description: 'Whether to include those that have ended; false by default.',
      ...byHand,
    })
    ended?: boolean | null,
  ): Promise<InstanceType<typeof RelationshipConnection>> {
    return relationshipsOf(entity, page, { direction, types, ended });
  }
}
