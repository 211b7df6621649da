import { Field, ObjectType } from 'type-graphql';
import { Entity } from '../entity/entity.js';
import { wrapEntity } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { connectionOf } from '../paging/connection.js';
import { Reach } from '../radii/reach.js';
import { Relationship } from '../relationship/relationship.js';
import { enumOf } from '../types/enums.js';
import type { FieldDifference } from './compare.js';
import type { RadiusChange } from './radius-changes.js';
import type { RowChange } from './row-changes.js';

export const ChangeKind = enumOf(
  'ChangeKind',
  'How something differs between two moments.',
  ['NEW', 'GONE', 'BACK', 'CHANGED', 'GAINED', 'RAISED', 'LOWERED', 'LOST'] as const,
  {
    NEW: 'It was not known before.',
    GONE: 'It worked, or was open, and has ended.',
    BACK: 'It had ended, and works or is open again.',
    CHANGED: 'Its properties differ.',
    GAINED: 'The person can use it, and could not before.',
    RAISED: 'The person can do more with it than before.',
    LOWERED: 'The person can do less with it than before.',
    LOST: 'The person could use it before, and cannot any more.',
  },
);

@ObjectType({ description: 'A property that differs between two moments.', simpleResolvers: true })
export class FieldChange {
  @Field(() => String, { description: 'Its name.' })
  readonly field: string;

  @Field(() => String, {
    nullable: true,
    description: 'Its value before, as text; null: unknown, or not there.',
  })
  readonly before: string | null;

  @Field(() => String, { nullable: true, description: 'Its value afterwards.' })
  readonly after: string | null;

  constructor({ field, before, after }: FieldDifference) {
    this.field = field;
    this.before = before;
    this.after = after;
  }
}

/** Something that differs: a row of the graph, or a part of the exposure of a person. */
export type AnyChange = RowChange | RadiusChange;

const isRow = (change: AnyChange): change is RowChange => 'fields' in change;

@ObjectType({
  description:
    'An entity, a relationship, or something that a person can use, that differs between two moments.',
  simpleResolvers: true,
})
export class Change {
  constructor(
    private readonly change: AnyChange,
    private readonly since: Moment,
    private readonly until: Moment,
  ) {}

  /** The state that a row is read from: the later one, where it is there. */
  private momentOf({ isTakenBack }: RowChange): Moment {
    return isTakenBack ? this.since : this.until;
  }

  @Field(() => ChangeKind, { description: 'How it differs.' })
  get kind(): AnyChange['kind'] {
    return this.change.kind;
  }

  @Field(() => Entity, { nullable: true, description: 'The entity; null where a relationship differs.' })
  get entity(): Entity | Promise<Entity> | null {
    const { change } = this;
    if (!isRow(change)) return (change.after ?? change.before)?.entity ?? null;
    return change.entity === null ? null : wrapEntity(change.entity, this.momentOf(change));
  }

  @Field(() => Relationship, {
    nullable: true,
    description: 'The relationship; null where an entity differs.',
  })
  get relationship(): Relationship | null {
    const { change } = this;
    return isRow(change) && change.relationship !== null
      ? new Relationship(change.relationship, this.momentOf(change))
      : null;
  }

  @Field(() => [FieldChange], {
    description:
      'The properties that differ; a use alone, such as `lastUsedAt`, is no difference. Empty for what is new.',
  })
  get fields(): FieldChange[] {
    return isRow(this.change) ? this.change.fields.map((field) => new FieldChange(field)) : [];
  }

  @Field(() => Reach, {
    nullable: true,
    description: 'How the person could use it before; null: not at all.',
  })
  get before(): Reach | null {
    return isRow(this.change) ? null : this.change.before;
  }

  @Field(() => Reach, {
    nullable: true,
    description: 'How the person can use it afterwards; null: not at all.',
  })
  get after(): Reach | null {
    return isRow(this.change) ? null : this.change.after;
  }
}

export const ChangeConnection = connectionOf<AnyChange, Change>(
  'Change',
  () => Change,
  'differences of two moments',
);
