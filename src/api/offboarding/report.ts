import { Args, Field, Float, Int, ObjectType } from 'type-graphql';
import type { Case } from '../../offboarding/case/case.js';
import { type CaseAction, isSettled } from '../../offboarding/case/case-action.js';
import { departureOf, isSimulated, REMOVALS } from '../../offboarding/evidence/removals.js';
import { ExtraCost } from '../fields/facts.js';
import type { Moment } from '../operation/moment.js';
import { connectionOf } from '../paging/connection.js';
import { forwardPage } from '../paging/keyset.js';
import { ForwardArgs } from '../paging/page-args.js';
import { BlastRadius } from '../radii/blast-radius.js';
import { radiusThen } from '../radii/radius-then.js';
import { DateTime } from '../types/scalars.js';
import { ActionConnection, type ActionRow, OffboardingAction } from './action.js';
import { caseLoaders } from './case-loaders.js';
import { actionsPage, residualPage } from './pages.js';
import { ResidualConnection } from './residual.js';
import { Signature, signatureOf } from './signature.js';

/** A removal, and the time of the departure. */
interface RemovalRow extends ActionRow {
  readonly departure: number;
}

@ObjectType({ description: 'How long after the departure something was removed.', simpleResolvers: true })
export class RemovalTime {
  constructor(
    private readonly row: RemovalRow,
    private readonly moment: Moment,
  ) {}

  @Field(() => OffboardingAction, { description: 'The action, with its proof.' })
  get action(): OffboardingAction {
    return new OffboardingAction(this.row, this.moment);
  }

  @Field(() => Boolean, {
    description: 'Whether nothing outside was called, so that the access was not removed.',
  })
  get simulated(): boolean {
    return isSimulated(this.row.done);
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it was done; null: it is not, or was only simulated.',
  })
  get at(): Date | null {
    const { state, settledAt } = this.row.done;
    return state === 'DONE' && settledAt !== null && !this.simulated ? new Date(settledAt) : null;
  }

  @Field(() => Float, {
    nullable: true,
    description: 'Seconds from the departure to it; below zero where it was done before. Null: not done.',
  })
  get seconds(): number | null {
    return this.at === null ? null : (this.at.getTime() - this.row.departure) / 1000;
  }
}

export const RemovalConnection = connectionOf<RemovalRow, RemovalTime>(
  'RemovalTime',
  () => RemovalTime,
  'removals of a case',
);

@ObjectType({ description: 'The report of a case.' })
export class OffboardingReport {
  constructor(
    private readonly record: Case,
    private readonly moment: Moment,
  ) {}

  @Field(() => DateTime, {
    description:
      'The time of the departure: the last working day where it is known, else when the case was planned.',
    simple: true,
  })
  get departure(): Date {
    return new Date(this.#departure());
  }

  @Field(() => BlastRadius, {
    nullable: true,
    description:
      'What the person reached in the state that was planned on; null where the case is about one entity.',
    simple: true,
  })
  // It walks a past state of the graph.
  @ExtraCost(20_000)
  get before(): Promise<BlastRadius> | null {
    const { human, evaluatedAt } = this.record.input;
    if (human === null) return null;
    return radiusThen(this.moment, human, this.record.plannedOn, Date.parse(evaluatedAt));
  }

  @Field(() => BlastRadius, {
    nullable: true,
    description:
      'What they reach in the last verified state; null before, and where the case is about one entity.',
    simple: true,
  })
  // It walks a past state of the graph.
  @ExtraCost(20_000)
  get after(): Promise<BlastRadius | null> | null {
    return this.record.input.human === null ? null : this.#after(this.record.input.human);
  }

  @Field(() => [Signature], {
    description: 'The approvals of the plan; none where nobody had to approve it.',
    simple: true,
  })
  get approvals(): Signature[] {
    const approved = signatureOf(this.record.approved);
    return approved === null ? [] : [approved];
  }

  @Field(() => ActionConnection, { description: 'All that was done, each with its proof.' })
  actions(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<InstanceType<typeof ActionConnection>> {
    return actionsPage(this.moment, this.record, { paging });
  }

  @Field(() => ActionConnection, { description: 'The actions that were waived.' })
  waivers(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<InstanceType<typeof ActionConnection>> {
    return actionsPage(this.moment, this.record, { paging, states: ['WAIVED'] });
  }

  @Field(() => ResidualConnection, { description: 'What is left.' })
  residual(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<InstanceType<typeof ResidualConnection>> {
    return residualPage(this.moment, this.record, paging);
  }

  @Field(() => RemovalConnection, {
    description: 'The time from the departure to each removal, in the order of execution.',
  })
  async removals(
    @Args(() => ForwardArgs) paging: ForwardArgs,
  ): Promise<InstanceType<typeof RemovalConnection>> {
    const { moment, record: offboarding } = this;
    const rows = (await caseLoaders(moment).actions.load(offboarding))
      .filter(({ action }) => REMOVALS.includes(action.kind))
      .map((done) => ({ offboarding, done, departure: this.#departure() }));
    const keyset = { list: 'removals', keyOf: ({ done }: RemovalRow) => [done.position] };
    const page = forwardPage(rows, keyset, paging, moment.services.limits, moment.revision);
    return new RemovalConnection(page, (row) => new RemovalTime(row, moment));
  }

  @Field(() => Float, {
    nullable: true,
    description:
      'Seconds from the departure to the last removal that was not only simulated; null while one is not done or waived.',
    simple: true,
  })
  get secondsToLastRemoval(): Promise<number | null> {
    return this.#last();
  }

  @Field(() => Int, {
    description:
      'How many removals were only simulated: nothing outside was called, and no access was removed.',
    simple: true,
  })
  get simulatedRemovals(): Promise<number> {
    return this.#removals().then((removals) => removals.filter(isSimulated).length);
  }

  async #removals(): Promise<CaseAction[]> {
    const all = await caseLoaders(this.moment).actions.load(this.record);
    return all.filter(({ action }) => REMOVALS.includes(action.kind));
  }

  async #after(human: string): Promise<BlastRadius | null> {
    const found = await caseLoaders(this.moment).verification.load(this.record.id);
    if (found === undefined) return null;
    return radiusThen(this.moment, human, found.revision, Date.parse(found.at));
  }

  async #last(): Promise<number | null> {
    const removals = await this.#removals();
    if (removals.some((action) => !isSettled(action) || action.state === 'IRREVOCABLE')) return null;
    const times = removals.flatMap((removal) => {
      const { state, settledAt } = removal;
      const isReal = state === 'DONE' && settledAt !== null && !isSimulated(removal);
      return isReal ? [Date.parse(settledAt)] : [];
    });
    return times.length === 0 ? null : (Math.max(...times) - this.#departure()) / 1000;
  }

  #departure(): number {
    return Date.parse(departureOf(this.record));
  }
}
