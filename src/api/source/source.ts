import { Field, ID, ObjectType } from 'type-graphql';
import type { CouldNotRead as Unread } from '../../model/could-not-read.js';
import type { SourceRecord } from '../../model/entity.js';
import type { Moment } from '../operation/moment.js';
import { DateTime, date, dateOrNull } from '../types/scalars.js';
import { isStale } from './stale.js';

@ObjectType({ description: 'What a source could not read, and why.', simpleResolvers: true })
export class CouldNotRead {
  constructor({ kinds, account, because }: Unread) {
    this.kinds = kinds;
    this.account = account;
    this.because = because;
  }

  @Field(() => [String], { description: 'Kinds of entities and types of relationships.' })
  readonly kinds: readonly string[];

  @Field(() => ID, {
    nullable: true,
    description: 'The id of the account of which they could not be read; null: of all.',
  })
  readonly account: string | null;

  @Field(() => String, { description: 'Why, as the source says it.' })
  readonly because: string;
}

@ObjectType({ description: 'A system that entities are read from.', simpleResolvers: true })
export class Source {
  constructor(
    readonly record: SourceRecord,
    readonly moment: Moment,
  ) {}

  @Field(() => ID, { description: 'Its id, as its snapshots name it.' })
  get id(): string {
    return this.record.id;
  }

  @Field(() => String, { nullable: true, description: 'What kind of system it is, for example github.' })
  get vendor(): string | null {
    return this.record.vendor;
  }

  @Field(() => String, { nullable: true, description: 'What people call it.' })
  get name(): string | null {
    return this.record.name;
  }

  @Field(() => String, {
    description: 'How an action takes effect there: MANUAL, WEBHOOK, SIMULATED or the name of a connector.',
  })
  get actuation(): string {
    return this.record.actuation;
  }

  @Field(() => [String], {
    description:
      'Kinds and relationship types it looks for. What it does not look for is unknown, not absent.',
  })
  get reports(): readonly string[] {
    return this.record.reports;
  }

  @Field(() => [CouldNotRead], {
    description:
      'What it could not read when it was last read. What is missing of that is unknown, not absent.',
  })
  get couldNotRead(): readonly CouldNotRead[] {
    return this.record.couldNotRead.map((entry) => new CouldNotRead(entry));
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was last read; null: never.' })
  get lastSync(): Date | null {
    return this.record.syncedAt === 0 ? null : date(this.record.syncedAt);
  }

  @Field(() => DateTime, { nullable: true, description: 'When it was last read as a whole; null: never.' })
  get lastFullSync(): Date | null {
    return dateOrNull(this.record.fullSyncedAt);
  }

  @Field(() => Boolean, {
    description: 'Whether its last reading is older than the service is configured to accept.',
  })
  get stale(): boolean {
    return isStale(this.record, this.moment);
  }
}

/** The source with an id; null where there is none. */
export async function sourceById(moment: Moment, id: string): Promise<Source | null> {
  const found = (await moment.loaders.sources()).find((source) => source.id === id);
  return found === undefined ? null : new Source(found, moment);
}

/** The source with a number. */
export async function sourceOf(number: number, moment: Moment): Promise<Source> {
  return new Source(await moment.source(number), moment);
}
