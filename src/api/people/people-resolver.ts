import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { READERS } from '../access/access.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { ForwardArgs } from '../paging/page-args.js';
import { everybody, peopleWhoLeft } from './everybody.js';
import { exposurePage, LingeringConnection, PersonExposure, RankingConnection } from './person-exposure.js';
import { RankingOrder, type RankingOrderValue, singlePointPage, singlePoints } from './single-points.js';

@Resolver()
export class PeopleResolver {
  @Query(() => LingeringConnection, {
    description: 'People who have left and whose exposure is not empty, the largest exposure first.',
  })
  @AllowedRoles(READERS)
  // It looks at all people.
  @ExtraCost(5000)
  @AnswersFrom('aggregate')
  async lingeringAccess(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
  ): Promise<InstanceType<typeof LingeringConnection>> {
    const aggregated = await operation.aggregated();
    const { moment } = aggregated;
    const page = await exposurePage(moment, 'lingering', paging, await peopleWhoLeft(aggregated));
    return new LingeringConnection(page, (row) => new PersonExposure(row, moment));
  }

  @Query(() => RankingConnection, {
    description:
      'All people, whatever their status, of whom the number is not 0 that they are ranked by, the largest first. By ' +
      'CONTINUITY or ORPHANS it says who is a single point of failure.',
  })
  @AllowedRoles(READERS)
  // It looks at all people.
  @ExtraCost(5000)
  @AnswersFrom('aggregate')
  async exposureRanking(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('by', () => RankingOrder, {
      nullable: true,
      defaultValue: 'EXPOSURE',
      description: 'What they are ranked by.',
    })
    by: RankingOrderValue | null,
  ): Promise<InstanceType<typeof RankingConnection>> {
    const aggregated = await operation.aggregated();
    const { moment } = aggregated;
    if (by === 'CONTINUITY' || by === 'ORPHANS') {
      const people = await operation.inTurn(() => singlePoints(aggregated, by, operation.guard));
      const page = await singlePointPage(moment, by, paging, people);
      return new RankingConnection(page, (row) => new PersonExposure(row, moment));
    }
    const page = await exposurePage(moment, 'ranking', paging, await everybody(aggregated));
    return new RankingConnection(page, (row) => new PersonExposure(row, moment));
  }
}
