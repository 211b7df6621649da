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

/** Every row of an answer has these fields: their arguments are checked by hand, which costs a row nothing. */
const byHand = { validate: false } as const;

/** What lies around an entity. */
@Resolver(() => Entity)
export class NeighboursResolver {
  @FieldResolver(() => EntityConnection, {
    description: 'Who answers for it: the owners, whatever their status, in order of id.',
  })
  owners(
    @Root() entity: Entity,
    @Args(() => PageArgs, byHand) page: PageArgs,
  ): Promise<InstanceType<typeof EntityConnection>> {
    return ownersOf(entity, page);
  }

  @FieldResolver(() => RelationshipConnection, {
    description: 'How it relates to others: by type, then direction, then the id of the other end.',
  })
  relationships(
    @Root() entity: Entity,
    @Args(() => PageArgs, byHand) page: PageArgs,
    @Arg('direction', () => Direction, {
      nullable: true,
      description: 'Only those that leave it (OUT) or arrive at it (IN); BOTH when not said.',
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
      description: 'Also those that have ended; not when not said.',
      ...byHand,
    })
    ended?: boolean | null,
  ): Promise<InstanceType<typeof RelationshipConnection>> {
    return relationshipsOf(entity, page, { direction, types, ended });
  }
}
