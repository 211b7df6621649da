import { Arg, Args, Field, ID, Int, ObjectType } from 'type-graphql';
import type { ClockKind as ClockKindValue } from '../../model/clock.js';
import type { Visibility } from '../../model/visibility.js';
import type { Case, CaseKind, CaseState } from '../../offboarding/case/case.js';
import type { ActionState as ActionStateValue } from '../../offboarding/case/case-action.js';
import type { KeptPlan } from '../../offboarding/case/kept-plan.js';
import { nextSteps } from '../../offboarding/case/next-steps.js';
import { visibilityOf } from '../../offboarding/case/visibility-of.js';
import type { Mode } from '../../offboarding/plan/plan.js';
import type { Proof as ProofValue } from '../../sources/actuator.js';
import { EntityConnection } from '../entity/connection.js';
import { Entity } from '../entity/entity.js';
import { Human } from '../entity/human.js';
import { idsPage } from '../entity/ids-page.js';
import { entityById } from '../entity/wrap.js';
import type { Moment } from '../operation/moment.js';
import { ForwardArgs } from '../paging/page-args.js';
import { BlindSpot, SourceCoverage } from '../radii/coverage.js';
import { blindSpotsThen, coverageThen } from '../radii/visible.js';
import { Node } from '../types/node.js';
import { DateTime } from '../types/scalars.js';
import { ActionConnection, timeOf } from './action.js';
import { caseLoaders } from './case-loaders.js';
import { DecisionConnection } from './decision.js';
import {
  ActionState,
  ClockKind,
  OffboardingKind,
  OffboardingMode,
  OffboardingState,
  Proof,
} from './enums.js';
import { NextStep } from './next-step.js';
import { actionsPage, decisionsPage, residualPage } from './pages.js';
import { Prediction } from './prediction.js';
import { OffboardingReport } from './report.js';
import { ResidualConnection } from './residual.js';
import { Signature, signatureOf } from './signature.js';
import { Verification } from './verification.js';

@ObjectType({
  implements: Node,
  description:
    'A case, from the plan to its proof: a person who leaves, or one entity that is revoked, rotated, re-homed, transferred or retired.',
})
export class Offboarding extends Node {
  constructor(
    readonly record: Case,
    readonly moment: Moment,
  ) {
    super();
  }

  override get id(): string {
    return this.record.id;
  }

  @Field(() => OffboardingKind, { description: 'What it is about.', simple: true })
  get kind(): CaseKind {
    return this.record.input.kind;
  }

  @Field(() => Human, {
    nullable: true,
    description: 'The person who leaves; null where it is about one entity.',
    simple: true,
  })
  get human(): Promise<Entity> | null {
    return this.#entity(this.record.input.human);
  }

  @Field(() => Entity, {
    nullable: true,
    description: 'The one entity; null where a person leaves.',
    simple: true,
  })
  get target(): Promise<Entity> | null {
    return this.#entity(this.record.input.target);
  }

  @Field(() => OffboardingState, { description: 'Its state.', simple: true })
  get state(): CaseState {
    return this.record.state;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why it waits or is incomplete, in a sentence; null where nothing is to be said.',
    simple: true,
  })
  get because(): string | null {
    return this.record.because;
  }

  @Field(() => OffboardingMode, { description: 'The order of the phases of its plan.', simple: true })
  get mode(): Mode {
    return this.record.input.mode;
  }

  @Field(() => String, { description: 'SHA-256 of its plan: what is approved and executed.', simple: true })
  get planHash(): string {
    return this.record.planHash;
  }

  @Field(() => DateTime, { description: 'The time that every rule about time uses.', simple: true })
  get evaluatedAt(): Date {
    return new Date(this.record.input.evaluatedAt);
  }

  @Field(() => ClockKind, {
    nullable: true,
    description:
      'The kind of clock that it was planned by; a process of another kind leaves it alone. Null: it is older than the record of it.',
    simple: true,
  })
  get clock(): ClockKindValue | null {
    return this.record.clock ?? null;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'The end of the last working day; null: not known.',
    simple: true,
  })
  get lastWorkingDay(): Date | null {
    return timeOf(this.record.input.lastWorkingDay);
  }

  @Field(() => Entity, {
    nullable: true,
    description: 'The person who takes over where no decision names another; null where nobody needs to.',
    simple: true,
  })
  get successor(): Promise<Entity | null> {
    return this.#plan().then(({ body }) => this.#entity(body.successor));
  }

  @Field(() => Signature, { description: 'Who planned it the last time.', simple: true })
  get plannedBy(): Signature {
    return signatureOf(this.record.planned) as Signature;
  }

  @Field(() => Signature, { nullable: true, description: 'Who approved it; null: nobody.', simple: true })
  get approvedBy(): Signature | null {
    return signatureOf(this.record.approved);
  }

  @Field(() => Signature, { nullable: true, description: 'Who had it executed; null: nobody.', simple: true })
  get executedBy(): Signature | null {
    return signatureOf(this.record.executed);
  }

  @Field(() => Signature, { nullable: true, description: 'Who cancelled it; null: nobody.', simple: true })
  get cancelledBy(): Signature | null {
    return signatureOf(this.record.cancelled);
  }

  @Field(() => Boolean, { description: 'Whether a second person has to approve it.', simple: true })
  get needsApproval(): boolean {
    return this.record.needsApproval;
  }

  @Field(() => ID, { description: 'The revision of the graph that its plan was made on.', simple: true })
  get revision(): string {
    return String(this.record.plannedOn);
  }

  @Field(() => String, {
    nullable: true,
    description: 'SHA-256 of the policy that decided; null: none did.',
    simple: true,
  })
  get policyHash(): string | null {
    return this.record.policyHash;
  }

  @Field(() => Proof, {
    nullable: true,
    description: 'The weakest proof of all that was done; null until it is VERIFIED.',
    simple: true,
  })
  get assurance(): ProofValue | null {
    return this.record.assurance;
  }

  @Field(() => [Int], {
    description: 'Phases that have begun, in that order.',
    simple: true,
  })
  get begun(): readonly number[] {
    return this.record.begun;
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When it goes on by itself; null: only when a person lets it.',
    simple: true,
  })
  get wakeAt(): Date | null {
    return timeOf(this.record.wakeAt);
  }

  @Field(() => DateTime, { nullable: true, description: 'When it ended; null: it has not.', simple: true })
  get endedAt(): Date | null {
    return timeOf(this.record.endedAt);
  }

  @Field(() => DecisionConnection, {
    description: 'What is to be done with each entity, by id; those that follow another decision come last.',
  })
  async decisions(
    @Args(() => ForwardArgs) paging: ForwardArgs,
  ): Promise<InstanceType<typeof DecisionConnection>> {
    return decisionsPage(this.moment, this.record, await this.#plan(), paging);
  }

  @Field(() => EntityConnection, {
    description: 'The entities that need a decision or a successor before it can be approved.',
  })
  async needsDecision(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<EntityConnection> {
    return idsPage(this.moment, 'needsDecision', (await this.#plan()).needsDecision, paging);
  }

  @Field(() => [NextStep], {
    description: 'The steps that it needs next, in order; none where it is VERIFIED or CANCELLED.',
    simple: true,
  })
  get next(): Promise<NextStep[]> {
    return this.#next();
  }

  @Field(() => ActionConnection, { description: 'Its actions, in the order of execution.' })
  actions(
    @Args(() => ForwardArgs) paging: ForwardArgs,
    @Arg('phase', () => Int, { nullable: true, description: 'Only those of this phase, 1 to 7.' })
    phase?: number | null,
    @Arg('states', () => [ActionState], { nullable: true, description: 'Only those in these states.' })
    states?: readonly ActionStateValue[] | null,
  ): Promise<InstanceType<typeof ActionConnection>> {
    return actionsPage(this.moment, this.record, { paging, phase, states });
  }

  @Field(() => ResidualConnection, {
    description: 'What is left after it, by id; before it is verified, what its plan already notes.',
  })
  residual(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<InstanceType<typeof ResidualConnection>> {
    return residualPage(this.moment, this.record, paging);
  }

  @Field(() => Prediction, {
    description: 'The graph as it will be when its plan has been executed.',
    simple: true,
  })
  get prediction(): Promise<Prediction> {
    return this.#plan().then((plan) => new Prediction(plan, this.record, this.moment));
  }

  @Field(() => EntityConnection, {
    description: 'Workloads that stop for a while because the old credentials end before the new ones exist.',
  })
  async downtime(@Args(() => ForwardArgs) paging: ForwardArgs): Promise<EntityConnection> {
    return idsPage(this.moment, 'downtime', (await this.#plan()).downtime, paging);
  }

  @Field(() => Verification, {
    nullable: true,
    description: 'The last verification; null before the first.',
    simple: true,
  })
  get verification(): Promise<Verification | null> {
    return caseLoaders(this.moment)
      .verification.load(this.record.id)
      .then((found) => (found === undefined ? null : new Verification(found, this.moment)));
  }

  @Field(() => [BlindSpot], {
    description:
      'What the sources did not look for, by account, when it was verified the last time; before that, when it was planned.',
    simple: true,
  })
  get blindSpots(): Promise<BlindSpot[]> {
    return this.#visibility().then((seen) => blindSpotsThen(this.moment, seen));
  }

  @Field(() => [SourceCoverage], {
    description: 'What was known of each source then, in order of id.',
    simple: true,
  })
  get coverage(): Promise<SourceCoverage[]> {
    return this.#visibility().then((seen) => coverageThen(this.moment, seen));
  }

  @Field(() => OffboardingReport, {
    nullable: true,
    description: 'The report of what it did; null before it is executed.',
    simple: true,
  })
  get report(): OffboardingReport | null {
    return this.record.executed === null ? null : new OffboardingReport(this.record, this.moment);
  }

  async #next(): Promise<NextStep[]> {
    const [plan, actions] = await Promise.all([
      this.#plan(),
      caseLoaders(this.moment).actions.load(this.record),
    ]);
    return nextSteps(this.record, plan, actions).map((step) => new NextStep(step, this.record, this.moment));
  }

  async #visibility(): Promise<Visibility> {
    const { verification, plan } = caseLoaders(this.moment);
    const [found, planned] = await Promise.all([verification.load(this.record.id), plan.load(this.record)]);
    const { caseContext } = this.moment.services;
    const seen = { plan: planned, verification: found };
    return visibilityOf(caseContext, this.record, seen, () => this.moment.graphState());
  }

  #plan(): Promise<KeptPlan> {
    return caseLoaders(this.moment).plan.load(this.record);
  }

  #entity(id: string | null): Promise<Entity> | null {
    return id === null ? null : entityById(this.moment, id);
  }
}
