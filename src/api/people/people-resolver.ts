import { Args, Ctx, Query, Resolver } from 'type-graphql';
import { READERS } from '../access/access.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { ForwardArgs } from '../paging/page-args.js';
import { everybody, peopleWhoLeft } from './everybody.js';
import { exposurePage, LingeringConnection, PersonExposure, RankingConnection } from './person-exposure.js';

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
    description: 'All people whose exposure is not empty, whatever their status, the largest exposure first.',
  })
  @AllowedRoles(READERS)
  // It looks at all people.
  @ExtraCost(5000)
  @AnswersFrom('aggregate')
  async exposureRanking(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
  ): Promise<InstanceType<typeof RankingConnection>> {
    const aggregated = await operation.aggregated();
    const { moment } = aggregated;
    const page = await exposurePage(moment, 'ranking', paging, await everybody(aggregated));
    return new RankingConnection(page, (row) => new PersonExposure(row, moment));
  }
}
