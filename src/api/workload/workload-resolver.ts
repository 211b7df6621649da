import { Args, Ctx, FieldResolver, Query, Resolver, Root } from 'type-graphql';
import type { StoppingWorkload } from '../../graph/radii/broken-workloads.js';
import { ALREADY, NEVER } from '../../graph/radii/workload-times.js';
import type { Millis } from '../../model/time.js';
import { READERS } from '../access/access.js';
import { Workload } from '../entity/workload.js';
import { entityByNumber } from '../entity/wrap.js';
import { AllowedRoles, AnswersFrom, ExtraCost } from '../fields/facts.js';
import type { Operation } from '../operation/operation.js';
import { forwardPage, type Keyset } from '../paging/keyset.js';
import { ForwardArgs } from '../paging/page-args.js';
import { Path } from '../radii/path-step.js';
import { DateTime, date } from '../types/scalars.js';
import { brokenAt } from './broken-at.js';
import { WorkloadConnection } from './connection.js';
import { workloadLoaders } from './workload-loaders.js';

/** Whether workloads work, by what they do not, and when they will not. */
@Resolver(() => Workload)
export class WorkloadResolver {
  @FieldResolver(() => Boolean, {
    description: 'Whether it works: it has not ended, and nothing that it requires has stopped.',
  })
  async working(@Root() workload: Workload): Promise<boolean> {
    return (await timeOf(workload)) !== ALREADY;
  }

  @FieldResolver(() => Path, {
    nullable: true,
    description:
      'Why it does not work: from what has ended by itself to the workload, as stopping passes on; no steps where ' +
      'the workload itself has ended. Null where it works.',
  })
  async brokenBy(@Root() workload: Workload): Promise<Path | null> {
    return (await timeOf(workload)) === ALREADY ? pathOf(workload, workload.moment.now) : null;
  }

  @FieldResolver(() => DateTime, {
    nullable: true,
    description:
      'The first moment at which it does not work because something expires, if nothing else changes; null where ' +
      'nothing that expires stops it, and where it does not work already.',
  })
  async stopsAt(@Root() workload: Workload): Promise<Date | null> {
    const at = await stopOf(workload);
    return at === null ? null : date(at);
  }

  @FieldResolver(() => Path, {
    nullable: true,
    description: 'Why it does not work at `stopsAt`, as `brokenBy` says it; null where that is null.',
  })
  async stopsBy(@Root() workload: Workload): Promise<Path | null> {
    const at = await stopOf(workload);
    return at === null ? null : pathOf(workload, at);
  }

  @Query(() => WorkloadConnection, {
    description:
      'Live workloads that do not work now, by id; then those that will not because something expires, the first ' +
      'first. `brokenBy` and `stopsBy` say why.',
  })
  @AllowedRoles(READERS)
  // It looks at all workloads.
  @ExtraCost(5000)
  @AnswersFrom('aggregate')
  async broken(
    @Ctx() operation: Operation,
    @Args(() => ForwardArgs) paging: ForwardArgs,
  ): Promise<InstanceType<typeof WorkloadConnection>> {
    const aggregated = await operation.aggregated();
    const { moment } = aggregated;
    const rows = await brokenAt(aggregated);
    const page = await moment.query((view) => {
      const keyset: Keyset<StoppingWorkload> = {
        list: 'broken',
        // A cursor is JSON, which has no infinite numbers.
        keyOf: ({ workload, at }) => [at === ALREADY ? 0 : at, view.idOf(workload)],
      };
      return forwardPage(rows, keyset, paging, operation.services.limits, moment.revision);
    });
    return new WorkloadConnection(
      page,
      async ({ workload }) => (await entityByNumber(moment, workload)) as Workload,
    );
  }
}

const timeOf = ({ record, moment }: Workload): Promise<Millis> =>
  workloadLoaders(moment).time.load(record.number);

/** When it stops working by expiry; null: it does not, or does not work already. */
async function stopOf(workload: Workload): Promise<Millis | null> {
  const at = await timeOf(workload);
  return at === ALREADY || at === NEVER ? null : at;
}

async function pathOf({ record, moment }: Workload, at: Millis): Promise<Path> {
  return new Path(await workloadLoaders(moment).why.load({ workload: record.number, at }), moment);
}
