import { Field, ID, ObjectType } from 'type-graphql';
import type { Case } from '../../offboarding/case/case.js';
import type {
  Residual as Left,
  ResidualKind as ResidualKindValue,
} from '../../offboarding/case/verification.js';
import { Entity } from '../entity/entity.js';
import { entityOrNull } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { connectionOf } from '../paging/connection.js';
import { DateTime } from '../types/scalars.js';
import { timeOf } from './action.js';
import { Because, reasonPath } from './because.js';
import { ResidualKind } from './enums.js';

/** An entry and its case. */
export interface ResidualRow {
  readonly offboarding: Case;
  readonly left: Left;
}

@ObjectType({ description: 'One thing that is left after a case.', simpleResolvers: true })
export class Residual {
  constructor(
    private readonly row: ResidualRow,
    private readonly moment: Moment,
  ) {}

  @Field(() => Entity, {
    nullable: true,
    description: 'The entity that is left; null where it was never made.',
  })
  get entity(): Promise<Entity | null> {
    return entityOrNull(this.moment, this.row.left.entity);
  }

  @Field(() => ID, { description: 'Id of the entity that is left.' })
  get entityId(): string {
    return this.row.left.entity;
  }

  @Field(() => ResidualKind, { description: 'Whether it keeps the case open.' })
  get kind(): ResidualKindValue {
    return this.row.left.kind;
  }

  @Field(() => String, { description: 'Why it is left, in a sentence.' })
  get why(): string {
    return this.row.left.why;
  }

  @Field(() => DateTime, { description: 'Since when.' })
  get since(): Date {
    return new Date(this.row.left.since);
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it ends by itself or is checked again, at the latest; null: neither happens.',
  })
  get until(): Date | null {
    return timeOf(this.row.left.until);
  }

  @Field(() => String, {
    nullable: true,
    description: 'The person who answers for it; null: nobody does yet.',
  })
  get owner(): string | null {
    return this.row.left.owner;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When its waiver expires; null where it was not waived.',
  })
  get waivedUntil(): Date | null {
    return timeOf(this.row.left.waivedUntil ?? null);
  }

  @Field(() => ID, {
    nullable: true,
    description: 'Id of the action that it comes from; null where there is none.',
  })
  get action(): string | null {
    return this.row.left.action;
  }

  @Field(() => Because, {
    description: 'The path by which it is still reached, or the reason why it is left.',
  })
  get because(): Because {
    const { offboarding, left } = this.row;
    return new Because(
      reasonPath(this.moment, left.path, offboarding.input.human ?? offboarding.input.target),
    );
  }
}

export const ResidualConnection = connectionOf<ResidualRow, Residual>(
  'Residual',
  () => Residual,
  'what is left after a case',
);
