import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import { badInput } from '../../model/errors.js';
import { READERS } from '../access/access.js';
import { startRecord } from '../entity/find-record.js';
import { AllowedRoles, ExtraCost } from '../fields/facts.js';
import type { Moment } from '../operation/moment.js';
import type { Operation } from '../operation/operation.js';
import { forwardPage } from '../paging/keyset.js';
import { ForwardArgs } from '../paging/page-args.js';
import type { Page } from '../paging/paging.js';
import { DateTime } from '../types/scalars.js';
import { type AnyChange, Change, ChangeConnection } from './change.js';
import { RADIUS_KEYSET, radiusChanges } from './radius-changes.js';
import { ROW_KEYSET, rowChanges } from './row-changes.js';

@Resolver()
export class ChangesResolver {
  @Query(() => ChangeConnection, {
    description:
      'What differs between two moments, as it was recorded: entities by id, then relationships by type and ends. With ' +
      '`human`, what that person can use in one of them and not in the other, or with another level, and by which way.',
  })
  @AllowedRoles(READERS)
  // It reads all that has changed, or walks the graph twice.
  @ExtraCost(20_000)
  async changes(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('since', () => DateTime, { description: 'The earlier moment.' }) since: Date,
    @Arg('until', () => DateTime, { nullable: true, description: 'The later moment; left out: now.' })
    until?: Date | null,
    @Arg('human', () => ID, { nullable: true, description: 'Id or email of a human, or id of an account.' })
    human?: string | null,
  ): Promise<InstanceType<typeof ChangeConnection>> {
    if (since.getTime() >= (until?.getTime() ?? operation.now)) {
      throw badInput('`since` is not before `until` (left out, that is now). Give an earlier moment.');
    }
    const [before, after] = [await operation.moment(since), await operation.moment(until)];
    const page = await operation.inTurn(() => pageOf(operation, before, after, { paging, human }));
    return new ChangeConnection(page, (change) => new Change(change, before, after));
  }
}

interface Asked {
  readonly paging: ForwardArgs;
  readonly human?: string | null | undefined;
}

async function pageOf(
  { services }: Operation,
  before: Moment,
  after: Moment,
  { paging, human }: Asked,
): Promise<Page<AnyChange>> {
  const { limits, store } = services;
  if (human == null) {
    return forwardPage(await rowChanges(before, after, store), ROW_KEYSET, paging, limits, after.revision);
  }
  const { number } = await startRecord(after, human);
  const changes = await radiusChanges(before, after, number);
  return forwardPage(changes, RADIUS_KEYSET, paging, limits, after.revision);
}
