import { Args, Field, ID, InputType, ObjectType } from 'type-graphql';
import type { ReachSet } from '../../graph/answers.js';
import { blindSpots } from '../../graph/radii/blind-spots.js';
import type { GraphView } from '../../graph/view.js';
import type { Hypothesis } from '../../offboarding/what-if/hypothesis.js';
import { Entity } from '../entity/entity.js';
import { wrapEntity } from '../entity/wrap.js';
import { ExtraCost } from '../fields/facts.js';
import type { Moment } from '../operation/moment.js';
import { ForwardArgs } from '../paging/page-args.js';
import type { ForwardPaging } from '../paging/paging.js';
import { ReachConnection } from '../radii/connection.js';
import { BlindSpot } from '../radii/coverage.js';
import { reachPage } from '../radii/reach-page.js';

@InputType({
  description:
    'Something that would end: a token revoked, an account disabled, an app deleted, somebody gone.',
})
export class HypotheticalChange {
  @Field(() => ID, { description: 'Id of what would end, or id or email of who would be gone.' })
  entity!: string;

  @Field(() => Boolean, {
    nullable: true,
    description:
      'Only itself, and what it alone sustains. Otherwise everything ends that its revocation ends; with a person, what ' +
      'stands on them.',
  })
  alone?: boolean | null;
}

type ReachPage = InstanceType<typeof ReachConnection>;

@ObjectType({ description: 'What would be if some things ended, by the same rules as everywhere.' })
export class WhatIf {
  readonly #hypothesis: (view: GraphView) => Hypothesis;
  readonly #start: number | null;
  readonly #moment: Moment;

  /** @param start the human or account that is asked about; null: nobody */
  constructor(moment: Moment, hypothesis: (view: GraphView) => Hypothesis, start: number | null) {
    this.#moment = moment;
    this.#hypothesis = hypothesis;
    this.#start = start;
  }

  @Field(() => ID, { description: 'The revision of the graph on which it is computed.' })
  get revision(): string {
    return String(this.#moment.revision);
  }

  @Field(() => ReachConnection, { description: 'Everything that would end, whatever its status now.' })
  @ExtraCost(2500)
  ended(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<ReachPage> {
    return this.#page((hypothesis) => hypothesis.ended, paging);
  }

  @Field(() => ReachConnection, { description: 'The live workloads that work now and would stop.' })
  @ExtraCost(2500)
  stops(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<ReachPage> {
    return this.#page((hypothesis) => hypothesis.stops, paging);
  }

  @Field(() => ReachConnection, {
    description: 'The live things for which somebody answers now and nobody would.',
  })
  @ExtraCost(2500)
  unanswered(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<ReachPage> {
    return this.#page((hypothesis) => hypothesis.unanswered, paging);
  }

  @Field(() => ReachConnection, {
    nullable: true,
    description:
      'What `human` could still use, on the page that `first` and `after` name; null where nobody is named.',
  })
  @ExtraCost(2500)
  stillReached(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<ReachPage> | null {
    const start = this.#start;
    if (start === null) return null;
    return this.#page((hypothesis) => hypothesis.stillReached(start), paging);
  }

  @Field(() => [BlindSpot], {
    description:
      'What the sources did not look for or could not read of `human`; empty where nobody is named.',
  })
  async blindSpots(): Promise<BlindSpot[]> {
    const [moment, start] = [this.#moment, this.#start];
    if (start === null) return [];
    const sources = await moment.loaders.sources();
    const spots = await moment.query((view) => blindSpots(view, start, sources));
    return spots.map((spot) => BlindSpot.at(moment, spot));
  }

  @Field(() => [Entity], {
    description: 'Tokens that would end and work until they expire all the same: nobody can take them back.',
  })
  async selfContained(): Promise<Entity[]> {
    const moment = this.#moment;
    const numbers = await moment.query((view) =>
      this.#hypothesis(view)
        .ended.members.map(({ entity }) => entity)
        .filter((entity) => view.isLive(entity)),
    );
    const records = await moment.services.store.entitiesByNumber(numbers, moment.revision);
    return records.flatMap((record) =>
      record?.properties.selfContained === true ? [wrapEntity(record, moment)] : [],
    );
  }

  #page(set: (hypothesis: Hypothesis) => ReachSet, paging: ForwardPaging): Promise<ReachPage> {
    return reachPage(this.#moment, (view) => set(this.#hypothesis(view)), { paging });
  }
}
