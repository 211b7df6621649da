import { Arg, Args, Ctx, Query, Resolver } from 'type-graphql';
import { auditVerification, eventsWhere } from '../../offboarding/evidence/audit-verification.js';
import { encodeCursor } from '../cursors.js';
import { checkFilter } from '../limits.js';
import type { Operation } from '../operation.js';
import { ForwardArgs } from '../page-args.js';
import { storedPage } from '../paging.js';
import { AuditEvent } from './audit-event.js';
import { AuditFilter, queryOf } from './audit-filter.js';
import { AuditVerification } from './audit-verification.js';
import { AuditEventConnection } from './connection.js';

const LIST = 'audit';

@Resolver()
export class AuditResolver {
  @Query(() => AuditEventConnection, {
    description: 'What was done, by whom and why, in the order of the chain.',
  })
  async auditEvents(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('filter', () => AuditFilter, { nullable: true, description: 'Which events.' })
    filter?: AuditFilter | null,
  ): Promise<InstanceType<typeof AuditEventConnection>> {
    const { limits, store } = operation.services;
    checkFilter(filter ?? {}, limits);
    const { revision } = await operation.moment();
    const query = queryOf(filter ?? {});
    const { size, limit, after } = storedPage(paging, limits, LIST, 1, ([seq]) => Number(seq));
    const from = after === undefined ? {} : { after };
    const found = await store.journal.auditEvents({ ...query, ...from, limit });
    const last = found.at(-1);
    // A full page may be the last one: only looking further tells.
    const more =
      last !== undefined && found.length === limit
        ? await store.journal.auditEvents({ ...query, after: last.seq, limit: 1 })
        : [];
    const items = found.slice(0, size);
    const page = {
      items,
      cursors: items.map(({ seq }) => encodeCursor(LIST, [seq])),
      hasNext: size === 0 ? found.length > 0 : more.length > 0,
      hasPrevious: after !== undefined,
      total: () => counted(operation, query),
      revision,
    };
    return new AuditEventConnection(page, (event) => new AuditEvent(event));
  }

  @Query(() => AuditVerification, {
    description:
      'Reads the whole chain of audit events and says whether, and if not where, it does not hold.',
  })
  async auditVerification(@Ctx() { services }: Operation): Promise<AuditVerification> {
    return new AuditVerification(await auditVerification(services.store.journal));
  }
}

async function counted({ services }: Operation, query: ReturnType<typeof queryOf>): Promise<number> {
  let count = 0;
  for await (const _ of eventsWhere(services.store.journal, query)) count += 1;
  return count;
}
