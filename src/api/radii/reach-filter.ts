import { Field, InputType } from 'type-graphql';
import type { Kind } from '../../model/kinds.js';
import type { Permission as PermissionValue } from '../../model/levels.js';
import type { Sensitivity as SensitivityValue } from '../../model/properties.js';
import { EntityKind, enumOf, OrderDirection, Permission, Sensitivity } from '../types/enums.js';

@InputType({
  description: 'Which entities of an answer: those that meet all conditions given.',
})
export class ReachFilter {
  @Field(() => [EntityKind], { nullable: true, description: 'Only of these kinds.' })
  kinds?: readonly Kind[] | null;

  @Field(() => [Permission], { nullable: true, description: 'Only resources with one of these permissions.' })
  permissions?: readonly PermissionValue[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only principals that are held (true), or that are only acted as (false).',
  })
  held?: boolean | null;

  @Field(() => [Sensitivity], { nullable: true, description: 'Only resources of these sensitivities.' })
  sensitivities?: readonly SensitivityValue[] | null;

  @Field(() => Boolean, {
    nullable: true,
    description: 'Only live ones, or only dead ones (a cut has both).',
  })
  live?: boolean | null;

  @Field(() => String, {
    nullable: true,
    description: 'Only with this text in id, name, external id, email or login, in any case.',
  })
  search?: string | null;
}

export const REACH_ORDERS = ['DISTANCE', 'SENSITIVITY', 'PERMISSION', 'KIND', 'NAME'] as const;
export type ReachOrderValue = (typeof REACH_ORDERS)[number];

export const ReachOrderField = enumOf(
  'ReachOrderField',
  'What the entities of an answer are sorted by. Ties are broken by id.',
  REACH_ORDERS,
  {
    DISTANCE: 'By distance.',
    SENSITIVITY: 'By sensitivity; unrated and other kinds are smallest.',
    PERMISSION: 'By permission; entities without one are smallest.',
    KIND: 'By kind, in the order of the enum.',
    NAME: 'By name.',
  },
);

@InputType({ description: 'In which order the entities of an answer come.' })
export class ReachOrder {
  @Field(() => ReachOrderField, { description: 'By what.' })
  field!: ReachOrderValue;

  @Field(() => OrderDirection, { nullable: true, description: 'The direction; ASC by default.' })
  direction?: 'ASC' | 'DESC' | null;
}
