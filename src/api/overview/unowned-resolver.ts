import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { Kind } from '../../model/kinds.js';
import { READERS } from '../access/access.js';
import { EntityConnection } from '../entity/connection.js';
import { numbersPage } from '../entity/numbers-page.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import { checkFilter } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { ForwardArgs } from '../paging/page-args.js';
import { EntityKind } from '../types/enums.js';
import { unlinkedAt } from './unlinked-at.js';
import { unownedAt } from './unowned-at.js';

/** Things that no person has to do with, although somebody should. */
@Resolver()
export class UnownedResolver {
  @Query(() => EntityConnection, {
    description: 'Live entities that no live person answers for, in order of id.',
  })
  @AllowedRoles(READERS)
  // It looks at all entities.
  @ExtraCost(5000)
  @AnswersFrom('aggregate')
  async unowned(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('kinds', () => [EntityKind], { nullable: true, description: 'Only of these kinds.' })
    kinds?: readonly Kind[] | null,
  ): Promise<EntityConnection> {
    const aggregated = await operation.aggregated();
    checkFilter({ kinds }, operation.services.limits);
    return numbersPage(aggregated.moment, 'unowned', await unownedAt(aggregated), paging, kinds ?? null);
  }

  @Query(() => EntityConnection, {
    description: 'Live accounts that no human has, whatever the status of the human, in order of id.',
  })
  @AllowedRoles(READERS)
  // It looks at all accounts.
  @ExtraCost(5000)
  @AnswersFrom('aggregate')
  async unlinkedAccounts(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
  ): Promise<EntityConnection> {
    const aggregated = await operation.aggregated();
    return numbersPage(aggregated.moment, 'unlinked', await unlinkedAt(aggregated), paging);
  }
}
