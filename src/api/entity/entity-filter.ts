import { Field, ID, InputType } from 'type-graphql';
import type { Kind } from '../../model/kinds.js';
import { ENTITY_ORDER_FIELDS, type EntityOrderField as OrderField } from '../../store/queries.js';
import {
  EntityKind,
  EntityStatus,
  type EntityStatusValue,
  enumOf,
  OrderDirection,
  TokenType,
} from '../types/enums.js';
import { DateTime } from '../types/scalars.js';
import { EntityTime, type EntityTimeValue } from './entity-time.js';

@InputType({ description: 'A range of days; both ends are in it.' })
export class DayRange {
  @Field(() => String, { nullable: true, description: 'The first day, as YYYY-MM-DD.' })
  from?: string | null;

  @Field(() => String, { nullable: true, description: 'The last day, as YYYY-MM-DD.' })
  until?: string | null;
}

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

  @Field(() => [TokenType], { nullable: true, description: 'Only tokens of one of these types.' })
  tokenTypes?: readonly string[] | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Only what is known to have been made before. `leftOut` of the answer counts those of unknown age.',
  })
  createdBefore?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Only what is known to have been used last before. An unknown last use is not "never": `leftOut` counts these.',
  })
  lastUsedBefore?: Date | null;

  @Field(() => DateTime, {
    nullable: true,
    description:
      'Only tokens that expire, or have expired, before. `leftOut` counts those without a known expiry.',
  })
  expiresBefore?: Date | null;

  @Field(() => DayRange, {
    nullable: true,
    description: 'Only people whose last working day, by its date as the source wrote it, is in this range.',
  })
  lastWorkingDay?: DayRange | null;

  @Field(() => [EntityTime], {
    nullable: true,
    description: 'Only those of which all of these times are unknown.',
  })
  unknown?: readonly EntityTimeValue[] | null;
}

export const EntityOrderField = enumOf(
  'EntityOrderField',
  'What entities are sorted by. Ties are broken by id.',
  ENTITY_ORDER_FIELDS,
  {
    ID: 'By id.',
    NAME: 'By name.',
    KIND: 'By kind, in the order of the enum.',
    CREATED_AT: 'By when it was made; unknown last.',
    LAST_USED_AT: 'By when it was last used; unknown last.',
    EXPIRES_AT: 'By when a token expires; never or unknown last.',
    LAST_WORKING_DAY: 'By the last working day of a person, as the source wrote it; unknown last.',
  },
);

@InputType({ description: 'In which order entities come.' })
export class EntityOrder {
  @Field(() => EntityOrderField, { description: 'By what.' })
  field!: OrderField;

  @Field(() => OrderDirection, { nullable: true, description: 'The direction; ASC by default.' })
  direction?: 'ASC' | 'DESC' | null;
}
