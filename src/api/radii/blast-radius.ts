import { Arg, Args, Field, ID, ObjectType } from 'type-graphql';
import type { Radii, ReachSet } from '../../graph/answers.js';
import { blindSpots, incompleteBecauseOf } from '../../graph/radii/blind-spots.js';
import type { LazyRadii } from '../../graph/radii/radii.js';
import type { GraphView } from '../../graph/view.js';
import { Entity } from '../entity/entity.js';
import { Human } from '../entity/human.js';
import { ExtraCost } from '../fields/facts.js';
import type { Moment } from '../operation/moment.js';
import { forwardPage, sorted } from '../paging/keyset.js';
import { ForwardArgs } from '../paging/page-args.js';
import { DateTime, date } from '../types/scalars.js';
import { leftOut } from './completeness.js';
import { Conflict, ConflictConnection } from './conflict.js';
import { ReachConnection } from './connection.js';
import { BlindSpot, coverageOf, SourceCoverage } from './coverage.js';
import { ReachFilter, ReachOrder } from './reach-filter.js';
import { reachPage } from './reach-page.js';
import { BlastRadiusSummary, summaryOf } from './summary.js';

type ReachPage = InstanceType<typeof ReachConnection>;

@ObjectType({
  description: 'What a person, or anyone with their credentials, can still use, and what depends on them.',
})
export class BlastRadius {
  constructor(
    start: Entity,
    private readonly number: number,
    private readonly radii: (view: GraphView) => LazyRadii,
    private readonly moment: Moment,
  ) {
    this.start = start;
  }

  @Field(() => Entity, { description: 'The human or the account that was asked about.', simple: true })
  readonly start: Entity;

  @Field(() => Human, {
    nullable: true,
    description: 'The human; null when asked about an account.',
    simple: true,
  })
  get human(): Human | null {
    return this.start instanceof Human ? this.start : null;
  }

  @Field(() => DateTime, { description: 'The time that it is of.', simple: true })
  get asOf(): Date {
    return date(this.moment.now);
  }

  @Field(() => ID, { description: 'The revision of the graph that it is of.', simple: true })
  get revision(): string {
    return String(this.moment.revision);
  }

  @Field(() => Boolean, {
    description: 'Whether it contains everything that the sources look for. See `incompleteBecause`.',
    simple: true,
  })
  get complete(): Promise<boolean> {
    return this.incompleteBecause.then((because) => because === null);
  }

  @Field(() => String, { nullable: true, description: 'What was left out, and how to go on.', simple: true })
  get incompleteBecause(): Promise<string | null> {
    return this.#incompleteBecause();
  }

  @Field(() => [SourceCoverage], {
    description: 'What is known of each source, in order of id.',
    simple: true,
  })
  get coverage(): Promise<SourceCoverage[]> {
    return coverageOf(this.moment);
  }

  @Field(() => [BlindSpot], {
    description: 'What the sources did not look for or could not read, by account.',
    simple: true,
  })
  get blindSpots(): Promise<BlindSpot[]> {
    return this.#blindSpots();
  }

  @Field(() => ReachConnection, {
    description:
      'Everything live and sustained that can still be used; by distance, then id, where no order is given.',
  })
  // It filters and sorts a whole radius for one page.
  @ExtraCost(2500)
  exposure(
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('filter', () => ReachFilter, { nullable: true, description: 'Which ones.' })
    filter?: ReachFilter | null,
    @Arg('orderBy', () => ReachOrder, { nullable: true, description: 'In which order.' })
    orderBy?: ReachOrder | null,
  ): Promise<ReachPage> {
    return reachPage(this.moment, this.#set('exposure'), { paging, filter, orderBy });
  }

  @Field(() => ReachConnection, {
    description:
      'All workloads that work now and would stop if everything that depends on the person stopped.',
  })
  // It filters and sorts a whole radius for one page.
  @ExtraCost(2500)
  continuity(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<ReachPage> {
    return reachPage(this.moment, this.#set('continuity'), { paging });
  }

  @Field(() => ReachConnection, {
    description: 'The entities that nobody answers for once the person is gone.',
  })
  // It filters and sorts a whole radius for one page.
  @ExtraCost(2500)
  orphans(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<ReachPage> {
    return reachPage(this.moment, this.#set('orphans'), { paging });
  }

  @Field(() => ConflictConnection, {
    description: 'What has to end, or ends by itself, and is needed by working workloads; by id.',
  })
  // It filters and sorts a whole radius for one page.
  @ExtraCost(2500)
  async conflicts(
    @Args(() => ForwardArgs) paging: ForwardArgs,
  ): Promise<InstanceType<typeof ConflictConnection>> {
    const { moment } = this;
    const asked = (view: GraphView) => ({ view, conflicts: this.radii(view).conflicts });
    const { view, conflicts } = await moment.queryInPart(asked);
    const keyset = {
      list: 'conflicts',
      keyOf: (row: Radii['conflicts'][number]) => [view.idOf(row.entity), row.resolution],
    };
    const rows = sorted(conflicts, keyset);
    const page = forwardPage(rows, keyset, paging, moment.services.limits, moment.revision);
    return new ConflictConnection(page, (row) => new Conflict(row, moment));
  }

  @Field(() => ReachConnection, {
    description: 'What has to end when the person leaves, mostly credentials, including dead ones.',
  })
  // It filters and sorts a whole radius for one page.
  @ExtraCost(2500)
  cut(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<ReachPage> {
    return reachPage(this.moment, this.#set('cut'), { paging });
  }

  @Field(() => BlastRadiusSummary, { description: 'The exposure in numbers.', simple: true })
  get summary(): Promise<BlastRadiusSummary> {
    return summaryOf(this.moment, (view) => this.radii(view).exposure);
  }

  #set<K extends 'exposure' | 'continuity' | 'orphans' | 'cut'>(
    name: K,
  ): (view: GraphView) => Radii[K] & ReachSet {
    return (view) => this.radii(view)[name];
  }

  async #incompleteBecause(): Promise<string | null> {
    const left = await leftOut(this.moment, this.radii);
    return left ?? incompleteBecauseOf(await this.#spots());
  }

  async #spots() {
    const sources = await this.moment.loaders.sources();
    return this.moment.queryInPart((view) => blindSpots(view, this.number, sources));
  }

  async #blindSpots(): Promise<BlindSpot[]> {
    return (await this.#spots()).map((spot) => BlindSpot.at(this.moment, spot));
  }
}
