import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import type { AuditEvent as Event } from '../../model/audit.js';
import { auditVerification, eventsWhere } from '../../offboarding/evidence/audit-verification.js';
import type { Journal } from '../../store/journal.js';
import { AUDITORS } from '../access/access.js';
import { AllowedRoles, ExtraCost } from '../fields/facts.js';
import { checkFilter } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { encodeCursor } from '../paging/cursors.js';
import { PageArgs } from '../paging/page-args.js';
import { type StoredPage, storedPage } from '../paging/paging.js';
import { AuditEvent } from './audit-event.js';
import { AuditFilter, queryOf } from './audit-filter.js';
import { AuditPlace } from './audit-place.js';
import { AuditVerification } from './audit-verification.js';
import { AuditEventConnection } from './connection.js';

const LIST = 'audit';

@Resolver()
export class AuditResolver {
  @Query(() => AuditEventConnection, {
    description: 'The audit events: what was done, by whom and why, in the order of the chain.',
  })
  @AllowedRoles(AUDITORS)
  // It may read all audit events.
  @ExtraCost(5000)
  async auditEvents(
    @Ctx() operation: Operation,
    @Args(() => PageArgs) paging: PageArgs,
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Which events.' })
    filter?: AuditFilter | null,
  ): Promise<InstanceType<typeof AuditEventConnection>> {
    const { limits, store } = operation.services;
    checkFilter(filter ?? {}, limits);
    const { revision } = await operation.moment();
    const query = queryOf(filter ?? {});
    const asked = storedPage(paging, limits, LIST, 1, ([seq]) => Number(seq));
    const { items, isMore } = await eventsPage(store.journal, query, asked);
    const [more, isInMidst] = [isMore, (asked.after ?? asked.before) !== undefined];
    const page = {
      items,
      cursors: items.map(({ seq }) => encodeCursor(LIST, [seq])),
      hasNext: asked.fromEnd ? isInMidst : more,
      hasPrevious: asked.fromEnd ? more : isInMidst,
      total: () => counted(operation, query),
      revision,
    };
    return new AuditEventConnection(page, (event) => new AuditEvent(event));
  }

  @Query(() => AuditVerification, {
    description:
      'Verifies the whole chain of audit events, and names the first place at which it does not hold.',
  })
  @AllowedRoles(AUDITORS)
  // It reads all audit events.
  @ExtraCost(10_000)
  async auditVerification(
    @Ctx() { services }: Operation,
    @Arg('through', () => [AuditPlace], {
      nullable: true,
      description: 'Places known from elsewhere, for example from a checkpoint: the chain must contain them.',
    })
    through?: readonly AuditPlace[] | null,
  ): Promise<AuditVerification> {
    const { store, limits } = services;
    checkFilter({ through }, limits);
    return new AuditVerification(await auditVerification(store.journal, { through: through ?? [] }));
  }
}

/** A page of the events that match, in the order of the chain, and whether there are more beyond it. */
async function eventsPage(
  journal: Journal,
  query: ReturnType<typeof queryOf>,
  { size, limit, after, before, fromEnd }: StoredPage<number>,
): Promise<{ readonly items: readonly Event[]; readonly isMore: boolean }> {
  const bounds = { ...(after === undefined ? {} : { after }), ...(before === undefined ? {} : { before }) };
  const found = await journal.auditEvents({
    ...query,
    ...bounds,
    ...(fromEnd ? { descending: true } : {}),
    limit,
  });
  if (size === 0) return { items: [], isMore: found.length > 0 };
  const last = found.at(-1);
  // A full page may be the last one, so that it has to look further.
  const beyond =
    last !== undefined && found.length === limit
      ? await journal.auditEvents({
          ...query,
          ...bounds,
          ...(fromEnd ? { descending: true, before: last.seq } : { after: last.seq }),
          limit: 1,
        })
      : [];
  return { items: fromEnd ? found.reverse() : found, isMore: beyond.length > 0 };
}

async function counted({ services }: Operation, query: ReturnType<typeof queryOf>): Promise<number> {
  let count = 0;
  for await (const _ of eventsWhere(services.store.journal, query)) count += 1;
  return count;
}
