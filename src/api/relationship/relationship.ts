import { Field, ObjectType } from 'type-graphql';
import { CASES } from '../../model/claims.js';
import type { RelationshipRecord } from '../../model/entity.js';
import type { Permission as PermissionValue } from '../../model/levels.js';
import {
  type RelationshipProperty,
  type RelationshipType as RelationshipTypeValue,
  ruleOf,
} from '../../model/relationships.js';
import { Entity } from '../entity/entity.js';
import { entityByNumber } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { Source, sourceOf } from '../source/source.js';
import { Permission, RelationshipType } from '../types/enums.js';
import { DateTime, date, dateOrNull } from '../types/scalars.js';

@ObjectType({
  description: 'A relationship between two entities, as it was at the time asked about.',
  simpleResolvers: true,
})
export class Relationship {
  constructor(
    readonly record: RelationshipRecord,
    readonly moment: Moment,
  ) {}

  @Field(() => RelationshipType, { description: 'Its type.' })
  get type(): RelationshipTypeValue {
    return this.record.type;
  }

  @Field(() => Entity, { description: 'The entity at which it begins.' })
  get from(): Promise<Entity> {
    return entityByNumber(this.moment, this.record.from);
  }

  @Field(() => Entity, { description: 'The entity at which it ends.' })
  get to(): Promise<Entity> {
    return entityByNumber(this.moment, this.record.to);
  }

  @Field(() => [Source], { description: 'The sources that report it; where it has ended, those that did.' })
  get sources(): Promise<Source[]> {
    const told = this.record.claims.filter(
      (claim) => claim.open === this.record.open && claim.source !== CASES,
    );
    return Promise.all(told.map((claim) => sourceOf(claim.source, this.moment)));
  }

  @Field(() => DateTime, { description: 'When it began; where no source says, when it was first read.' })
  get startedAt(): Date {
    return date(this.record.startedAt);
  }

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null while it is open.' })
  get endedAt(): Date | null {
    return dateOrNull(this.record.endedAt);
  }

  @Field(() => Permission, { nullable: true, description: 'The permission on the resource that it gives.' })
  get permission(): PermissionValue | null {
    return this.record.permission;
  }

  @Field(() => Permission, {
    nullable: true,
    description: 'The permission on the resource that its use requires.',
  })
  get needs(): PermissionValue | null {
    return this.#has('needs') ? this.record.needs : null;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether the workload stops without it.' })
  get required(): boolean | null {
    return this.#has('required') ? this.record.required : null;
  }

  @Field(() => Boolean, { nullable: true, description: 'Whether ownership also gives access.' })
  get access(): boolean | null {
    return this.#has('access') ? this.record.access : null;
  }

  @Field(() => Boolean, {
    nullable: true,
    description: 'Whether one end ends by itself with the other.',
  })
  get sustains(): boolean | null {
    return this.#has('sustains') ? this.record.sustains : null;
  }

  @Field(() => String, {
    nullable: true,
    description: 'How it came to be known, for example MINTED or READ.',
  })
  get how(): string | null {
    return this.record.how;
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was last read.' })
  get lastReadAt(): Date | null {
    return dateOrNull(this.record.lastReadAt);
  }

  @Field(() => [String], { nullable: true, description: "The source's own words for what is allowed." })
  get scopes(): readonly string[] | null {
    return this.#has('scopes') ? this.record.scopes : null;
  }

  @Field(() => String, { nullable: true, description: 'The evidence that the source gave.' })
  get evidence(): string | null {
    return this.record.evidence;
  }

  /** A property that its type does not have is null, whatever is stored. */
  #has(property: RelationshipProperty): boolean {
    return ruleOf(this.record.type).properties.includes(property);
  }
}
