import { Arg, Args, Field, ID, ObjectType } from 'type-graphql';
import type { Radii, ReachSet } from '../../graph/answers.js';
import { blindSpots, incompleteBecauseOf } from '../../graph/radii/blind-spots.js';
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
import type { RadiiAsked } from './radii-asked.js';
import { ReachFilter, ReachOrder } from './reach-filter.js';
import { reachPage, type SetFacts } from './reach-page.js';
import { BlastRadiusSummary, summaryOf } from './summary.js';

type ReachPage = InstanceType<typeof ReachConnection>;

@ObjectType({
  description: 'What a person, or anyone with their credentials, can still use, and what depends on them.',
})
export class BlastRadius {
  constructor(
    private readonly asked: RadiiAsked,
    private readonly moment: Moment,
  ) {}

  @Field(() => Entity, {
    description: 'The human or the account that was asked about; of several humans the first by id.',
    simple: true,
  })
  get start(): Entity {
    return this.asked.starts[0]!;
  }

  @Field(() => Human, {
    nullable: true,
    description: 'The human; null when asked about an account, or about several humans.',
    simple: true,
  })
  get human(): Human | null {
    const [only, ...others] = this.humans;
    return others.length === 0 ? (only ?? null) : null;
  }

  @Field(() => [Human], {
    description: 'The humans, by id; none when asked about an account.',
    simple: true,
  })
  get humans(): readonly Human[] {
    return this.asked.starts.filter((start) => start instanceof Human);
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
    return reachPage(this.moment, this.#together('continuity'), { paging });
  }

  @Field(() => ReachConnection, {
    description: 'The entities that nobody answers for once the person is gone.',
  })
  // It filters and sorts a whole radius for one page.
  @ExtraCost(2500)
  orphans(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<ReachPage> {
    return reachPage(this.moment, this.#together('orphans'), { paging });
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
    const asked = (view: GraphView) => ({ view, conflicts: this.asked.radii(view).conflicts });
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
    return summaryOf(this.moment, (view) => this.asked.radii(view).exposure);
  }

  #set<K extends 'exposure' | 'cut'>(name: K): (view: GraphView) => Radii[K] & ReachSet {
    return (view) => this.asked.radii(view)[name];
  }

  async #incompleteBecause(): Promise<string | null> {
    const left = await leftOut(this.moment, this.asked.radii);
    return left ?? incompleteBecauseOf(await this.#spots());
  }

  async #spots() {
    const sources = await this.moment.loaders.sources();
    return this.moment.queryInPart((view) =>
      blindSpots(
        view,
        this.asked.starts.map(({ record }) => record.number),
        sources,
      ),
    );
  }

  /** A set that, of several people, says which members none of them would have alone. */
  #together(name: 'continuity' | 'orphans'): (view: GraphView) => ReachSet & SetFacts {
    return (view) => {
      const { members, has, pathTo } = bound(this.asked.radii(view)[name]);
      const alone = this.asked.alone(view).map((radii) => radii[name]);
      if (alone.length === 0) return { members, has, pathTo };
      const isOnlyTogether = (entity: number) => alone.every((set) => !set.has(entity));
      return { members, has, pathTo, isOnlyTogether };
    };
  }

  async #blindSpots(): Promise<BlindSpot[]> {
    return (await this.#spots()).map((spot) => BlindSpot.at(this.moment, spot));
  }
}

/** The members of a set, so that they can be passed on without it. */
function bound(set: ReachSet): ReachSet {
  return { members: set.members, has: (entity) => set.has(entity), pathTo: (entity) => set.pathTo(entity) };
}
