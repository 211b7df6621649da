import { Field, Int, ObjectType } from 'type-graphql';
import type { BlindSpot as Spot } from '../../graph/radii/blind-spots.js';
import type { GraphView } from '../../graph/view.js';
import type { SourceRecord } from '../../model/entity.js';
import { countOf } from '../aggregate/count-of.js';
import { NO_KIND } from '../aggregate/tallies.js';
import { Entity } from '../entity/entity.js';
import { entityByNumber } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { Source, sourceOf } from '../source/source.js';
import { DateTime } from '../types/scalars.js';

@ObjectType({ description: 'How much of a source the answer is based on.', simpleResolvers: true })
export class SourceCoverage {
  @Field(() => Source, { description: 'The source.' })
  readonly source: Source;

  @Field(() => Int, { description: 'How many of its entities are in the graph.' })
  readonly entities: number;

  @Field(() => DateTime, { nullable: true, description: 'When it was last read then; null: never.' })
  readonly lastSync: Date | null;

  @Field(() => Boolean, {
    description: 'Whether its last reading was older then than the service is configured to accept.',
  })
  readonly stale: boolean;

  /** @param seen when it was last read, where that was another time than at this moment */
  constructor(
    record: SourceRecord,
    moment: Moment,
    entities: number,
    seen?: { readonly lastSync: Date | null; readonly stale: boolean },
  ) {
    this.source = new Source(record, moment);
    this.entities = entities;
    this.lastSync = seen === undefined ? this.source.lastSync : seen.lastSync;
    this.stale = seen?.stale ?? this.source.stale;
  }
}

@ObjectType({
  description:
    'An account of which a source does not look for some kinds, or could not read them: they are unknown, not absent.',
  simpleResolvers: true,
})
export class BlindSpot {
  constructor(
    private readonly of: { account(): Promise<Entity>; source(): Promise<Source> },
    private readonly spot: Pick<Spot, 'missing' | 'because'>,
  ) {}

  /** A blind spot by the numbers of its account and source. */
  static at(moment: Moment, spot: Spot): BlindSpot {
    const account = () => entityByNumber(moment, spot.account);
    return new BlindSpot({ account, source: () => sourceOf(spot.source, moment) }, spot);
  }

  @Field(() => Entity, { description: 'The account.' })
  get account(): Promise<Entity> {
    return this.of.account();
  }

  @Field(() => Source, { description: 'Its source.' })
  get source(): Promise<Source> {
    return this.of.source();
  }

  @Field(() => [String], {
    description:
      'The kinds that the source does not say it looks for, or the kinds and types that it could not read.',
  })
  get missing(): readonly string[] {
    return this.spot.missing;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why they could not be read; null: the source does not say that it looks for them.',
  })
  get because(): string | null {
    return this.spot.because;
  }
}

/** The coverage of every source, in order of id. */
export async function coverageOf(moment: Moment): Promise<SourceCoverage[]> {
  const counts = await entitiesBySource(moment);
  const sources = await moment.loaders.sources();
  return sources.map((record) => new SourceCoverage(record, moment, counts.get(record.number) ?? 0));
}

/** The number of entities of each source, by its number; counted once for each state. */
export async function entitiesBySource(moment: Moment): Promise<ReadonlyMap<number, number>> {
  const whole = await moment.whole();
  if (whole === null) return countInStore(moment);
  return moment.services.entitiesBySource.get(whole.revision, () => count(whole));
}

/** One call of the store for each source, which counts its entities. */
async function countInStore(moment: Moment): Promise<Map<number, number>> {
  const sources = await moment.loaders.sources();
  const totals = await Promise.all(sources.map(({ id }) => countOf(moment, { sources: [id] })));
  return new Map(sources.map(({ number }, at) => [number, totals[at] ?? 0]));
}

function count(view: GraphView): Map<number, number> {
  const counts = new Map<number, number>();
  for (let entity = 1; entity < view.size; entity += 1) {
    if (view.kindOf(entity) === NO_KIND) continue;
    const source = view.sourceOf(entity);
    counts.set(source, (counts.get(source) ?? 0) + 1);
  }
  return counts;
}
