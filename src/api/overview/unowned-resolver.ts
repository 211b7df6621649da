import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { KINDS, type Kind } from '../../model/kinds.js';
import { READERS } from '../access/access.js';
import { EntityConnection } from '../entity/connection.js';
import { entityByNumber } from '../entity/wrap.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import { checkFilter } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { forwardPage } from '../paging/keyset.js';
import { ForwardArgs } from '../paging/page-args.js';
import { EntityKind } from '../types/enums.js';
import { unownedAt } from './unowned-at.js';

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
  ): Promise<InstanceType<typeof EntityConnection>> {
    const aggregated = await operation.aggregated();
    const { moment } = aggregated;
    const { limits } = operation.services;
    checkFilter({ kinds }, limits);
    const all = await unownedAt(aggregated);
    const { found, keyset } = await moment.query((view) => ({
      found: all.filter((entity) => kinds == null || kinds.includes(KINDS[view.kindOf(entity)] as Kind)),
      keyset: { list: 'unowned', keyOf: (entity: number) => [view.idOf(entity)] },
    }));
    const page = forwardPage(found, keyset, paging, limits, moment.revision);
    const items = page.items.map((entity) => () => entityByNumber(moment, entity));
    return new EntityConnection({ ...page, items }, (read) => read());
  }
}
