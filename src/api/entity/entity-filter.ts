import { Field, ID, InputType } from 'type-graphql';
import type { Kind } from '../../model/kinds.js';
import { EntityKind, EntityStatus, type EntityStatusValue, enumOf, OrderDirection } from '../types/enums.js';

@InputType({ description: 'Which entities: those that meet all conditions given.' })
export class EntityFilter {
  @Field(() => [EntityKind], { nullable: true, description: 'Only of these kinds.' })
  kinds?: readonly Kind[] | null;

  @Field(() => [EntityStatus], { nullable: true, description: 'Only with one of these statuses.' })
  statuses?: readonly EntityStatusValue[] | null;

  @Field(() => [ID], { nullable: true, description: 'Only of the sources with these ids.' })
  sources?: readonly string[] | null;

  @Field(() => Boolean, { nullable: true, description: 'Only live ones, or only dead ones.' })
  live?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only with this text in id, name, external id, email or login, in any case.',
  })
  search?: string | null;
}

export const EntityOrderField = enumOf(
  'EntityOrderField',
  'What entities are sorted by. Ties are broken by id.',
  ['ID', 'NAME', 'KIND', 'CREATED_AT', 'LAST_USED_AT'] as const,
  {
    ID: 'By id.',
    NAME: 'By name.',
    KIND: 'By kind, in the order of the enum.',
    CREATED_AT: 'By when it was made; unknown last.',
    LAST_USED_AT: 'By when it was last used; unknown last.',
  },
);

@InputType({ description: 'In which order entities come.' })
export class EntityOrder {
  @Field(() => EntityOrderField, { description: 'By what.' })
  field!: 'ID' | 'NAME' | 'KIND' | 'CREATED_AT' | 'LAST_USED_AT';

  @Field(() => OrderDirection, { nullable: true, description: 'The direction; ASC by default.' })
  direction?: 'ASC' | 'DESC' | null;
}
