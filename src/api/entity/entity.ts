import { Field, InterfaceType } from 'type-graphql';
import type { EntityRecord } from '../../model/entity.js';
import type { Kind } from '../../model/kinds.js';
import type { Moment } from '../operation/moment.js';
import { Source, sourceOf } from '../source/source.js';
import { EntityKind, EntityStatus, type EntityStatusValue } from '../types/enums.js';
import { Node } from '../types/node.js';
import { DateTime, date, dateOrNull, JSONObject } from '../types/scalars.js';
import { isLiveAt, statusAt } from './status.js';

/** Its fields `owners` and `relationships` are in `neighbours-resolver.ts`, because they return entities again. */
@InterfaceType({ implements: Node, description: 'An entity of the graph, as its source reported it.' })
export abstract class Entity extends Node {
  constructor(
    readonly record: EntityRecord,
    readonly moment: Moment,
  ) {
    super();
  }

  override get id(): string {
    return this.record.id;
  }

  @Field(() => EntityKind, { description: 'Its kind.', simple: true })
  get kind(): Kind {
    return this.record.kind;
  }

  @Field(() => String, { description: 'What people call it.', simple: true })
  get name(): string {
    return this.record.name;
  }

  @Field(() => EntityStatus, { description: 'Its status at the time asked about.', simple: true })
  get status(): EntityStatusValue {
    return statusAt(this.record, this.moment.now);
  }

  @Field(() => Boolean, { description: 'Whether it was live at that time.', simple: true })
  get live(): boolean {
    return isLiveAt(this.record, this.moment.now);
  }

  @Field(() => Source, {
    description: 'The source it belongs to: the one that first reported it.',
    simple: true,
  })
  get source(): Promise<Source> {
    return sourceOf(this.record.source, this.moment);
  }

  @Field(() => String, {
    nullable: true,
    description: 'Its id in its source, where that differs.',
    simple: true,
  })
  get externalId(): string | null {
    return this.record.externalId;
  }

  @Field(() => String, {
    nullable: true,
    description: 'The address (https) at which a person sees it in its own system; null: unknown.',
    simple: true,
  })
  get url(): string | null {
    return this.text('url');
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was made; null: unknown.', simple: true })
  get createdAt(): Date | null {
    return dateOrNull(this.record.createdAt);
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was last used; null: unknown.',
    simple: true,
  })
  get lastUsedAt(): Date | null {
    return dateOrNull(this.record.lastUsedAt);
  }

  @Field(() => DateTime, { description: 'When a source first reported it.', simple: true })
  get firstSeenAt(): Date {
    return date(this.record.firstSeenAt);
  }

  @Field(() => DateTime, { description: 'When its source last reported it.', simple: true })
  get lastSeenAt(): Date {
    return date(this.record.lastSeenAt);
  }

  @Field(() => JSONObject, { description: 'Properties that the model does not have.', simple: true })
  get attributes(): Readonly<Record<string, unknown>> {
    return this.record.attributes;
  }

  /** A text property of its kind; null: unknown. */
  protected text(name: string): string | null {
    const value = this.record.properties[name];
    return typeof value === 'string' ? value : null;
  }

  /** A boolean property of its kind, which always has a value. */
  protected flag(name: string): boolean {
    return this.record.properties[name] === true;
  }

  protected time(name: string): Date | null {
    const value = this.record.properties[name];
    return typeof value === 'number' ? date(value) : null;
  }

  protected texts(name: string): readonly string[] {
    const value = this.record.properties[name];
    return Array.isArray(value) ? (value as string[]) : [];
  }
}
