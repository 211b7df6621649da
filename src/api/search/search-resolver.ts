import { Arg, Ctx, Int, Query, Resolver } from 'type-graphql';
import type { Kind } from '../../model/kinds.js';
import { MATCHES } from '../../store/match-rank.js';
import { READERS } from '../access/access.js';
import { wrapEntity } from '../entity/wrap.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import { checkFilter } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { pageSize } from '../paging/paging.js';
import { EntityKind } from '../types/enums.js';
import { SearchHit } from './search-hit.js';

/** The number of hits where none is given. */
const HITS = 20;

@Resolver()
export class SearchResolver {
  @Query(() => [SearchHit], {
    description:
      'The entities that a text may mean, the best match first: by name, address or login before id, by the beginning ' +
      'before the middle; then by id. A blank text has no hits.',
  })
  @AllowedRoles(READERS)
  // It reads every name there is.
  @ExtraCost(10_000)
  @AnswersFrom('state')
  async search(
    @Ctx() operation: Operation,
    @Arg('text', () => String, { description: 'What is sought, in any case.' }) text: string,
    @Arg('kinds', () => [EntityKind], { nullable: true, description: 'Only of these kinds.' })
    kinds?: readonly Kind[] | null,
    @Arg('first', () => Int, { nullable: true, description: 'How many: 20 by default, at most 1,000.' })
    first?: number | null,
  ): Promise<SearchHit[]> {
    const { limits } = operation.services;
    const search = text.trim();
    checkFilter({ search, kinds }, limits);
    const size = pageSize(first ?? HITS, 'first', limits);
    if (search === '' || size === 0) return [];
    const moment = await operation.moment();
    const order = { field: 'MATCH', direction: 'ASC' } as const;
    const query = { search, ...(kinds != null && { kinds }), now: moment.now, order, limit: size };
    const page = await operation.inTurn(() => moment.services.store.list(query, moment.revision));
    return page.entities.map((record, at) => {
      return new SearchHit(
        wrapEntity(record, moment),
        MATCHES[Number(page.places[at]?.value)] ?? 'ID_INSIDE',
      );
    });
  }
}
