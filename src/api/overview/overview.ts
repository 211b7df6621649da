import { Ctx, Field, ID, Int, ObjectType, Query, Resolver } from 'type-graphql';
import { KINDS } from '../../model/kinds.js';
import { READERS } from '../access/access.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import type { AggregatedMoment } from '../operation/aggregated-moment.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import { peopleWhoLeft } from '../people/everybody.js';
import { coverageOf, SourceCoverage } from '../radii/coverage.js';
import { Source } from '../source/source.js';
import { isStale } from '../source/stale.js';
import { byStatus, KindTotal, StatusTotal, tallies } from './counts.js';
import { unownedAt } from './unowned-at.js';

@ObjectType({ description: 'The company in numbers, as they were last computed.', simpleResolvers: true })
export class Overview {
  private readonly moment: Moment;

  constructor(private readonly aggregated: AggregatedMoment) {
    this.moment = aggregated.moment;
  }

  @Field(() => ID, { description: 'The revision of the graph that the numbers are of.' })
  get revision(): string {
    return String(this.moment.revision);
  }

  @Field(() => [KindTotal], { description: 'Entities by kind, in the order of the enum.' })
  async byKind(): Promise<KindTotal[]> {
    const found = await tallies(this.aggregated);
    return KINDS.map((kind, code) => new KindTotal(kind, found[code]?.count ?? 0, found[code]?.live ?? 0));
  }

  @Field(() => [StatusTotal], { description: 'Entities by status; only statuses that occur.' })
  async byStatus(): Promise<StatusTotal[]> {
    return byStatus(this.aggregated);
  }

  @Field(() => [SourceCoverage], { description: 'Entities by source, in order of its id.' })
  bySource(): Promise<SourceCoverage[]> {
    return coverageOf(this.moment);
  }

  @Field(() => Int, { description: 'People who left and whose exposure is not empty.' })
  async lingering(): Promise<number> {
    return (await peopleWhoLeft(this.aggregated)).length;
  }

  @Field(() => Int, { description: 'Live entities that no live person answers for.' })
  async unowned(): Promise<number> {
    return (await unownedAt(this.aggregated)).length;
  }

  @Field(() => [Source], {
    description: 'Sources whose last reading is older than the service is configured to accept.',
  })
  async staleSources(): Promise<Source[]> {
    const sources = await this.moment.loaders.sources();
    return sources
      .filter((record) => isStale(record, this.moment))
      .map((record) => new Source(record, this.moment));
  }
}

@Resolver()
export class OverviewResolver {
  @Query(() => Overview, { description: 'The company in numbers, now.' })
  @AllowedRoles(READERS)
  // It looks at all entities.
  @ExtraCost(5000)
  @AnswersFrom('aggregate')
  async overview(@Ctx() operation: Operation): Promise<Overview> {
    return new Overview(await operation.aggregated());
  }
}
