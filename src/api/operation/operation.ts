import { setMaxListeners } from 'node:events';
import { giveWay } from '../../async/time-slice.js';
import { withDeadline } from '../../async/with-deadline.js';
import { type TendrilError, unavailable } from '../../model/errors.js';
import type { Millis } from '../../model/time.js';
import type { Viewer } from '../access/access.js';
import { isAggregateOf } from '../aggregate/aggregate.js';
import { overLimit } from '../limits/limits.js';
import type { AggregatedMoment } from './aggregated-moment.js';
import { guardedServices, type Waiting } from './guarded-services.js';
import { Moment } from './moment.js';
import { emptyOperationLog, type OperationLog } from './operation-log.js';
import type { Services } from './services.js';

/** The longest that a timer of Node waits, in milliseconds; operations of the command line have no time limit. */
const LONGEST = 2 ** 31 - 1;

/** The advice where the answer of a mutation is too long: the mutation has happened before. */
const DONE =
  'What it changed by then has been changed, and the rest has not: look, and ask for what you need of it in smaller pages or fewer fields.';

export interface OperationOptions {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The caller has seen this revision, and must not get an older state. */
  readonly atLeast?: number;
}

/**
 * One GraphQL operation: its caller, and the one state and time that all its fields read, except where `asOf` names
 * another. It is the context of resolvers. Apollo passes on a shallow copy, which `#private` names would not survive.
 */
export class Operation implements Waiting {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** When the operation began. */
  readonly now: Millis;
  /** What is known of it so far, for the log; an object, so that copies of the operation share it. */
  readonly logged: OperationLog = emptyOperationLog();
  private readonly moments = new Map<Millis | undefined, Promise<Moment>>();
  private readonly deadline: number;
  private readonly ending = new AbortController();
  /** What changes while it runs; an object, so that copies of the operation share it. */
  private readonly under: {
    write: boolean;
    timer?: NodeJS.Timeout;
    aggregated?: Promise<AggregatedMoment>;
    /** Bytes of the answer so far. */
    answered: number;
    tooLong?: TendrilError;
    /** The end of the last piece of long work. */
    long: Promise<unknown>;
  } = { write: false, answered: 0, long: Promise.resolve() };

  /** The services for reads, which end with the operation. */
  private readonly reading: Services;

  constructor(
    private readonly all: Services,
    private readonly options: OperationOptions,
  ) {
    this.viewer = options.viewer;
    this.requestId = options.requestId;
    this.now = all.clock.now();
    this.deadline = performance.now() + all.limits.operationMillis;
    this.reading = guardedServices(all, this);
    // Every root field of an operation may listen to its signal.
    setMaxListeners(0, this.ending.signal);
  }

  /** The services of resolvers. Until the operation writes, their calls end when the caller stops waiting. */
  get services(): Services {
    return this.under.write ? this.all : this.reading;
  }

  /** Milliseconds until the operation's time is over. */
  get timeLeft(): number {
    return Math.max(0, this.deadline - performance.now());
  }

  /**
   * @throws LIMIT_EXCEEDED when the operation's time is over; UNAVAILABLE where the store is unavailable then, or the
   *   caller has stopped waiting
   */
  readonly guard = (): void => {
    this.ending.signal.throwIfAborted();
    if (performance.now() >= this.deadline) throw this.timeOver();
  };

  /** Aborted when {@link guard} begins to throw; the reason is that error. */
  get signal(): AbortSignal {
    const { ending, under, timeLeft } = this;
    if (timeLeft <= LONGEST) {
      under.timer ??= setTimeout(() => ending.abort(this.timeOver()), timeLeft).unref();
    }
    return ending.signal;
  }

  within<T>(work: () => T): T {
    this.guard();
    const result = work();
    return isPromise(result) ? (withDeadline(result, { signal: this.signal }) as T) : result;
  }

  /**
   * Runs long pieces of work of this operation one after the other, and lets other operations run before each. Promises
   * alone do not give way, so that many aliases of one field would run as one piece.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.under.long.then(giveWay).then(work);
    this.under.long = mine.catch(() => {});
    return mine;
  }

  /** Counts bytes of the answer. When it becomes too long, the operation is aborted. */
  answers(bytes: number): void {
    const { under, ending, all } = this;
    under.answered += bytes;
    if (under.answered <= all.limits.answerBytes || under.tooLong !== undefined) return;
    under.tooLong = overLimit(
      'answerBytes',
      all.limits,
      under.write ? DONE : 'Ask for smaller pages or fewer fields.',
    );
    ending.abort(under.tooLong);
  }

  /** The error where the answer became too long; undefined otherwise. */
  get tooLong(): TendrilError | undefined {
    return this.under.tooLong;
  }

  /** From now on the operation writes: it goes on when the caller stops waiting, until its time is over. */
  beginWrite(): void {
    this.guard();
    this.under.write = true;
  }

  /** The caller has stopped waiting: reads of the store and of the graph end at their next step. */
  cancel(): void {
    if (!this.under.write) this.ending.abort(unavailable('Nobody waits for this answer any more.'));
  }

  /** The operation has ended: stops its timer. */
  end(): void {
    clearTimeout(this.under.timer);
  }

  /** The error when the time is over. Where the store is unavailable, a smaller query would not help. */
  timeOver(): TendrilError {
    const { storeUp, because } = this.all.follower.status;
    if (!storeUp && because !== null)
      return unavailable(`The answer did not come in time. ${because} Ask again in a few seconds.`);
    return overLimit('operationMillis', this.all.limits, 'Ask for less at a time.');
  }

  /**
   * The state recorded at `asOf`; without it the one that this operation has pinned.
   *
   * @throws LIMIT_EXCEEDED for too many values of `asOf`; STALE_READ where the revision that the caller has seen is not
   *   here yet
   */
  moment(asOf?: Date | null): Promise<Moment> {
    const at = asOf?.getTime();
    const known = this.moments.get(at);
    if (known !== undefined) return known;
    const { limits } = this.all;
    const past = [...this.moments.keys()].filter((moment) => moment !== undefined).length;
    if (at !== undefined && past >= limits.moments)
      throw overLimit('moments', limits, 'Ask about the others in operations of their own.');
    const made = at === undefined ? this.present() : this.past(at);
    this.moments.set(at, made);
    return made;
  }

  /**
   * The aggregate that fields about all people or entities answer from. It is computed in the background, and may be of
   * an earlier state than the one that this operation has pinned, but not earlier than what the caller has seen.
   *
   * @throws STALE_READ where the aggregate of the revision that the caller has seen is not computed yet
   */
  aggregated(): Promise<AggregatedMoment> {
    this.under.aggregated ??= this.aggregate();
    return this.under.aggregated;
  }

  /** The state after a write of this operation; the pinned one may be older. */
  async afterWrite(): Promise<Moment> {
    const { store, graphs } = this.all;
    const { revision } = await store.head();
    const graphState = await graphs.current(this.now, revision);
    this.logged.revision = graphState.revision;
    return this.make(graphState.revision, null, async () => graphState);
  }

  private async present(): Promise<Moment> {
    const graphState = await this.reading.graphs.current(this.now, this.options.atLeast);
    this.logged.revision ??= graphState.revision;
    return this.make(graphState.revision, null, async () => graphState);
  }

  private async aggregate(): Promise<AggregatedMoment> {
    const moment = await this.moment();
    const whole = await moment.whole();
    if (whole === null) return { moment, aggregate: null };
    const wish = { atLeast: this.options.atLeast ?? 0, signal: this.signal };
    const aggregate = await this.all.aggregates.of(whole, wish);
    if (isAggregateOf(aggregate, whole)) return { moment, aggregate };
    return { moment: this.make(aggregate.view.revision, null, async () => aggregate.view), aggregate };
  }

  private async past(at: Millis): Promise<Moment> {
    // The revision that the caller has seen may be the one recorded then, so that it has to be here first.
    const { store, graphs } = this.reading;
    if (this.options.atLeast !== undefined) await graphs.current(this.now, this.options.atLeast);
    // A time in the future may still get commits: the loaded state says which revision it is.
    if (at >= this.now) {
      const graphState = await graphs.asOf(at);
      return this.make(graphState.revision, at, async () => graphState);
    }
    const head = await store.revisionAt(at);
    return this.make(head.revision, at, () => graphs.asOf(at));
  }

  private make(
    revision: number,
    asOf: Millis | null,
    graphState: () => ReturnType<Services['graphs']['asOf']>,
  ): Moment {
    return new Moment(revision, asOf ?? this.now, { asOf, services: this.reading, graphState });
  }
}

const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof (value as { then?: unknown } | null | undefined)?.then === 'function';
