import { Arg, Field, ID, Int, ObjectType, Resolver, Root, Subscription } from 'type-graphql';
import type { Head, Revision } from '../../model/revision.js';
import type { CaseState } from '../../offboarding/case/case.js';
import { type CaseAction, isSettled, type ActionState as State } from '../../offboarding/case/case-action.js';
import { isOpen } from '../../offboarding/case/case-states.js';
import type { ActionKind as KindOfAction } from '../../offboarding/plan/plan.js';
import { READERS } from '../access/access.js';
import { AllowedRoles } from '../fields/facts.js';
import type { CaseNow } from '../live/live-reads.js';
import { type Look, openStream, type Stream } from '../live/stream.js';
import type { Operation } from '../operation/operation.js';
import type { Services } from '../operation/services.js';
import { DateTime } from '../types/scalars.js';
import { timeOf } from './action.js';
import { ActionKind, ActionState, OffboardingState } from './enums.js';

/** A case at a revision, and the actions that have changed since the last message. */
interface Progress extends CaseNow {
  readonly head: Head;
  readonly changed: readonly CaseAction[];
}

@ObjectType({
  description: 'An action of a case that has changed since the last message.',
  simpleResolvers: true,
})
export class ActionProgress {
  constructor(private readonly action: CaseAction) {}

  @Field(() => ID, { description: 'Which action: its place in the plan, `phase/kind/entity`.' })
  get id(): string {
    return this.action.action.id;
  }

  @Field(() => Int, { description: 'Its phase.' })
  get phase(): number {
    return this.action.action.phase;
  }

  @Field(() => ActionKind, { description: 'What it does.' })
  get kind(): KindOfAction {
    return this.action.action.kind;
  }

  @Field(() => ID, { description: 'The id of the entity that it is done to.' })
  get entity(): string {
    return this.action.action.entity;
  }

  @Field(() => ActionState, { description: 'Its state.' })
  get state(): State {
    return this.action.state;
  }

  @Field(() => Int, { description: 'How often it was tried.' })
  get attempts(): number {
    return this.action.attempts;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why the last attempt failed; null where it did not fail, or there was none.',
  })
  get lastError(): string | null {
    return this.action.lastError;
  }
}

@ObjectType({ description: 'The progress of a case.', simpleResolvers: true })
export class OffboardingProgress {
  constructor(private readonly progress: Progress) {}

  @Field(() => ID, { description: 'The case.' })
  get id(): string {
    return this.progress.offboarding.id;
  }

  @Field(() => OffboardingState, { description: 'The state of the case.' })
  get state(): CaseState {
    return this.progress.offboarding.state;
  }

  @Field(() => String, {
    nullable: true,
    description: 'Why the case waits or is incomplete; null where nothing is to be said.',
  })
  get because(): string | null {
    return this.progress.offboarding.because;
  }

  @Field(() => Int, { nullable: true, description: 'The phase that began last; null: none has.' })
  get phase(): number | null {
    return this.progress.offboarding.begun.at(-1) ?? null;
  }

  @Field(() => Int, { description: 'Actions that are done, waived or found impossible.' })
  get done(): number {
    return this.progress.actions.filter(isSettled).length;
  }

  @Field(() => Int, { description: 'All actions; 0 before the case is executed. Sweeps may add some.' })
  get total(): number {
    return this.progress.actions.length;
  }

  @Field(() => [ActionProgress], {
    description: 'Actions that have changed since the last message; none in the first.',
  })
  get changed(): ActionProgress[] {
    return this.progress.changed.map((action) => new ActionProgress(action));
  }

  @Field(() => DateTime, {
    nullable: true,
    description: 'When the case goes on by itself; null: only when a person lets it.',
  })
  get wakeAt(): Date | null {
    return timeOf(this.progress.offboarding.wakeAt);
  }

  @Field(() => ID, { description: 'The revision at which it was read, or an earlier one.' })
  get revision(): string {
    return String(this.progress.head.revision);
  }

  @Field(() => DateTime, { description: 'When that revision was recorded.' })
  get at(): Date {
    return new Date(this.progress.head.at);
  }
}

/** The parts of an action and of a case that are reported: where they are equal, there is no message. */
const tellingOf = ({ state, attempts, lastError }: CaseAction): string =>
  JSON.stringify([state, attempts, lastError]);
const standingOf = ({ offboarding }: CaseNow): string =>
  JSON.stringify([offboarding.state, offboarding.because, offboarding.begun, offboarding.wakeAt]);
const knownOf = ({ actions }: CaseNow) =>
  new Map(actions.map((action) => [action.position, tellingOf(action)]));

/**
 * The progress of a case now and after each change, at rising revisions. The stream ends with the case.
 *
 * @throws NOT_FOUND
 */
export function progressOf({ follower, live, store }: Services, id: string): Promise<Stream<Progress>> {
  return openStream(follower, async () => {
    let head = await store.head();
    const now = await live.caseAt(id, head.revision);
    let standing = standingOf(now);
    let known = knownOf(now);
    const look = async (revision: Revision): Promise<Look<Progress>> => {
      const next = await live.head(revision);
      // A read at a head covers all commits up to it; a newer commit will be reported by itself.
      if (next.revision <= head.revision) return { values: [] };
      const then = await live.caseAt(id, next.revision);
      // Set only now: where the case could not be read, the same look is repeated.
      head = next;
      const last = !isOpen(then.offboarding);
      const changed = then.actions.filter((action) => known.get(action.position) !== tellingOf(action));
      if (changed.length === 0 && standingOf(then) === standing) return { values: [], last };
      standing = standingOf(then);
      known = knownOf(then);
      return { values: [{ ...then, head, changed }], last };
    };
    return { first: { values: [{ ...now, head, changed: [] }], last: !isOpen(now.offboarding) }, look };
  });
}

@Resolver()
export class OffboardingProgressResolver {
  @Subscription(() => OffboardingProgress, {
    subscribe: ({ args, context }) =>
      progressOf((context as Operation).services, (args as { id: string }).id),
    description: 'The progress of a case: at once, and after each change, until the case ends.',
  })
  @AllowedRoles(READERS)
  offboardingProgress(
    @Root() progress: Progress,
    @Arg('id', () => ID, { description: 'The case.' }) _id: string,
  ): OffboardingProgress {
    return new OffboardingProgress(progress);
  }
}
