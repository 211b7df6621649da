import { Arg, Args, Ctx, ID, Query, Resolver } from 'type-graphql';
import type { CaseState } from '../../offboarding/case/case.js';
import { findCase } from '../../offboarding/case/find-case.js';
import { countCases, listCases } from '../../offboarding/case/list-cases.js';
import { verifyNow } from '../../offboarding/verify/verify-now.js';
import { READERS } from '../access/access.js';
import { AllowedRoles, ExtraCost } from '../fields/facts.js';
import { checkFilter } from '../limits/limits.js';
import type { Operation } from '../operation/operation.js';
import { encodeCursor } from '../paging/cursors.js';
import { ForwardArgs } from '../paging/page-args.js';
import { storedPage } from '../paging/paging.js';
import { caseLoaders } from './case-loaders.js';
import { OffboardingConnection } from './connection.js';
import { OffboardingState } from './enums.js';
import { Offboarding } from './offboarding.js';
import { OffboardingVerification } from './offboarding-verification.js';

const LIST = 'offboardings';

@Resolver()
export class OffboardingResolver {
  @Query(() => Offboarding, { nullable: true, description: 'The case with an id; null where there is none.' })
  @AllowedRoles(READERS)
  async offboarding(
    @Ctx() operation: Operation,
    @Arg('id', () => ID, { description: 'Its id.' }) id: string,
  ): Promise<Offboarding | null> {
    const moment = await operation.moment();
    const offboarding = await caseLoaders(moment).case.load(id);
    return offboarding === undefined ? null : new Offboarding(offboarding, moment);
  }

  @Query(() => Offboarding, {
    description:
      'One case: by its id, by a beginning of the id that no other case has (at least 8 characters), ' +
      'or by the id or email of a person, whose newest case it is.',
  })
  @AllowedRoles(READERS)
  // It may read all cases.
  @ExtraCost(5000)
  async findOffboarding(
    @Ctx() operation: Operation,
    @Arg('by', () => ID, {
      description: 'The id, its beginning, or the person; `tendril/case/` may be left out.',
    })
    by: string,
  ): Promise<Offboarding> {
    const found = await findCase(operation.services, by);
    return new Offboarding(found, await operation.moment());
  }

  @Query(() => OffboardingVerification, {
    description: 'Verifies a case that was executed, as its last phase does, and writes nothing.',
  })
  @AllowedRoles(READERS)
  // It reads a whole case with its events, and walks the graph.
  @ExtraCost(50_000)
  async offboardingVerification(
    @Ctx() operation: Operation,
    @Arg('offboarding', () => ID, { description: 'Id of the case.' }) id: string,
  ): Promise<OffboardingVerification> {
    const { caseContext } = operation.services;
    const { offboarding, found } = await operation.inTurn(() => verifyNow(caseContext, id));
    return new OffboardingVerification(offboarding, found, await operation.moment());
  }

  @Query(() => OffboardingConnection, {
    description: 'All cases, in the order in which they were made.',
  })
  @AllowedRoles(READERS)
  // It reads all cases.
  @ExtraCost(5000)
  async offboardings(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('states', () => [OffboardingState], { nullable: true, description: 'Only those in these states.' })
    states?: readonly CaseState[] | null,
  ): Promise<InstanceType<typeof OffboardingConnection>> {
    const moment = await operation.moment();
    const { limits, store } = operation.services;
    checkFilter({ states }, limits);
    const { size, limit, after } = storedPage(paging, limits, LIST, 1, ([id]) => String(id));
    const wanted = states == null ? {} : { states };
    const [{ cases, hasNext }, total] = await Promise.all([
      listCases(store.journal, { ...wanted, limit, ...(after === undefined ? {} : { after }) }),
      countCases(store.journal, states ?? undefined),
    ]);
    const items = cases.slice(0, size);
    const page = {
      items,
      cursors: items.map(({ id }) => encodeCursor(LIST, [id])),
      hasNext: size === 0 ? total > 0 : hasNext,
      hasPrevious: after !== undefined,
      total,
      revision: moment.revision,
    };
    return new OffboardingConnection(page, (offboarding) => new Offboarding(offboarding, moment));
  }
}
