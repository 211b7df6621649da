import { Field, ID, ObjectType } from 'type-graphql';
import {
  ATTENTION_KINDS,
  type AttentionKind as AttentionKindValue,
  type Attention as Found,
} from '../../offboarding/post-case/attention.js';
import { Entity } from '../entity/entity.js';
import { entityOrNull } from '../entity/wrap.js';
import { Because, reasonPath } from '../offboarding/because.js';
import { caseLoaders } from '../offboarding/case-loaders.js';
import { Offboarding } from '../offboarding/offboarding.js';
import type { Moment } from '../operation/moment.js';
import { connectionOf } from '../paging/connection.js';
import { enumOf } from '../types/enums.js';
import { DateTime } from '../types/scalars.js';

export const AttentionKind = enumOf('AttentionKind', 'Why somebody has to look.', ATTENTION_KINDS, {
  RESURRECTED: 'A case ended it, and an import shows it alive since.',
  EXPIRED_WAIVER: 'A waiver, by which somebody answered for going on without an action, has expired.',
  LATE_FINDING: 'It was derived from something that a case had ended.',
  REHIRE: 'A person who left is here again.',
  CASE_STUCK: 'A case cannot go on without a person.',
  WORKLOAD_STOPS:
    'An app or a job will not work any more, because something expires within `TENDRIL_WARN_BEFORE`.',
});

@ObjectType({ description: 'One thing that needs the attention of a person.', simpleResolvers: true })
export class Attention {
  constructor(
    private readonly found: Found,
    private readonly moment: Moment,
  ) {}

  @Field(() => AttentionKind, { description: 'The reason for attention.' })
  get kind(): AttentionKindValue {
    return this.found.kind;
  }

  @Field(() => Entity, {
    nullable: true,
    description: 'The entity that it is about; null where it was never made.',
  })
  get entity(): Promise<Entity | null> {
    return entityOrNull(this.moment, this.found.entity);
  }

  @Field(() => ID, { description: 'Id of the entity that it is about.' })
  get entityId(): string {
    return this.found.entity;
  }

  @Field(() => Offboarding, { nullable: true, description: 'The case; null where it is not known.' })
  get offboarding(): Promise<Offboarding | null> {
    return this.#case();
  }

  @Field(() => DateTime, { description: 'Since when.' })
  get since(): Date {
    return new Date(this.found.since);
  }

  @Field(() => String, { description: 'A sentence that says what has happened and what to do.' })
  get why(): string {
    return this.found.why;
  }

  @Field(() => Because, {
    description: 'The relationship that has appeared again; null where the entity itself has.',
  })
  get because(): Because {
    const { relationship } = this.found;
    return new Because(reasonPath(this.moment, relationship === null ? [] : [relationship], null));
  }

  async #case(): Promise<Offboarding | null> {
    if (this.found.case === null) return null;
    const offboarding = await caseLoaders(this.moment).case.load(this.found.case);
    return offboarding === undefined ? null : new Offboarding(offboarding, this.moment);
  }
}

export const AttentionConnection = connectionOf<Found, Attention>(
  'Attention',
  () => Attention,
  'things that need the attention of a person',
);
