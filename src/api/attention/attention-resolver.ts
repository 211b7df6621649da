import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { AttentionKind as Kind } from '../../offboarding/post-case/attention.js';
import { attentionList } from '../../offboarding/post-case/attention-list.js';
import { READERS } from '../access/access.js';
import { AllowedRoles, ExtraCost } from '../fields/facts.js';
import { checkFilter } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { encodeCursor } from '../paging/cursors.js';
import { ForwardArgs } from '../paging/page-args.js';
import { storedPage } from '../paging/paging.js';
import { Attention, AttentionConnection, AttentionKind } from './attention.js';
import { stoppingSoon } from './stopping-soon.js';

const LIST = 'attention';

@Resolver()
export class AttentionResolver {
  @Query(() => AttentionConnection, {
    description: 'Everything that needs the attention of a person now, the longest waiting first.',
  })
  @AllowedRoles(READERS)
  // It reads all cases.
  @ExtraCost(5000)
  async attention(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('kinds', () => [AttentionKind], { nullable: true, description: 'Only of these kinds.' })
    kinds?: readonly Kind[] | null,
  ): Promise<InstanceType<typeof AttentionConnection>> {
    const moment = await operation.moment();
    const { limits, caseContext } = operation.services;
    checkFilter({ kinds }, limits);
    const also = kinds == null || kinds.includes('WORKLOAD_STOPS') ? await soon(operation) : [];
    const { size, limit, after } = storedPage(paging, limits, LIST, 1, ([place]) => String(place));
    const asked = {
      ...(kinds == null ? {} : { kinds }),
      ...(after === undefined ? {} : { after }),
      also,
      limit,
    };
    const { entries, total, hasNext } = await attentionList(caseContext, asked);
    const rows = entries.slice(0, size);
    const page = {
      items: rows.map(({ entry }) => entry),
      cursors: rows.map(({ place }) => encodeCursor(LIST, [place])),
      hasNext: size === 0 ? entries.length > 0 : hasNext,
      hasPrevious: after !== undefined,
      total,
      revision: moment.revision,
    };
    return new AttentionConnection(page, (found) => new Attention(found, moment));
  }
}

const soon = async (operation: Operation) => stoppingSoon(await operation.aggregated());
