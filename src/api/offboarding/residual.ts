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

/** An entry and the case that it is of. */
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

  @Field(() => Entity, { nullable: true, description: 'What is left; null where it was never made.' })
  get entity(): Promise<Entity | null> {
    return entityOrNull(this.moment, this.row.left.entity);
  }

  @Field(() => ID, { description: 'Id of what is left.' })
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
    description: 'When it ends of itself, or is looked at again, at the latest; null: not of itself.',
  })
  get until(): Date | null {
    return timeOf(this.row.left.until);
  }

  @Field(() => String, { nullable: true, description: 'Who answers for it; null: nobody does yet.' })
  get owner(): string | null {
    return this.row.left.owner;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'Until when somebody answers for going on without it; null: nobody waived it.',
  })
  get waivedUntil(): Date | null {
    return timeOf(this.row.left.waivedUntil ?? null);
  }

  @Field(() => ID, { nullable: true, description: 'Id of the action it comes from; null where of none.' })
  get action(): string | null {
    return this.row.left.action;
  }

  @Field(() => Because, { description: 'The path by which it is still reached, or came to be left.' })
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
