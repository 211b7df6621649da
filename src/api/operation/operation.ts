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

/** The longest that a timer of Node waits, in milliseconds; the command line has no end at all. */
const LONGEST = 2 ** 31 - 1;

/** What comes of a write is answered after it. */
const DONE =
  'What it changed by then has been changed, and the rest has not: look, and ask for what you need of it in smaller pages or fewer fields.';

export interface OperationOptions {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The caller has seen this revision and wants no older state. */
  readonly atLeast?: number;
}

/**
 * One GraphQL operation: who asks, and the one state and moment that all its fields speak of, except where
 * `asOf` says otherwise. It is the context that resolvers are given. Apollo hands on a shallow copy, which is why
 * nothing here is a `#private` name.
 */
export class Operation implements Waiting {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The moment of the operation: when it began. */
  readonly now: Millis;
  /** What is known of it by now, for the log; an object, so that copies of the operation share it. */
  readonly logged: OperationLog = emptyOperationLog();
  private readonly moments = new Map<Millis | undefined, Promise<Moment>>();
  private readonly deadline: number;
  private readonly ending = new AbortController();
  /** What begins meanwhile; an object, so that copies of the operation share it. */
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

  /** What it reads with. */
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
    // Every root field of an operation may wait for its end.
    setMaxListeners(0, this.ending.signal);
  }

  /** What resolvers work with: while nothing is written, only as long as somebody waits for the answer. */
  get services(): Services {
    return this.under.write ? this.all : this.reading;
  }

  /** Milliseconds until the operation's time is over. */
  get timeLeft(): number {
    return Math.max(0, this.deadline - performance.now());
  }

  /**
   * @throws LIMIT_EXCEEDED when the operation's time is over; UNAVAILABLE where the store is away then, or nobody waits
   *   for it any more.
   */
  readonly guard = (): void => {
    this.ending.signal.throwIfAborted();
    if (performance.now() >= this.deadline) throw this.timeOver();
  };

  /** Aborted when {@link guard} throws, with what it throws as the reason. */
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
   * Does what takes long, one piece after the other, and lets everybody else have their turn before each: promises
   * alone let nobody in, and what an operation asks for under many names would be one piece.
   */
  inTurn<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.under.long.then(giveWay).then(work);
    this.under.long = mine.catch(() => {});
    return mine;
  }

  /** The answer gets longer. One that is too long is given up: nothing more is read for it, or done. */
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

  /** Set where the answer is not given, because it would be too long. */
  get tooLong(): TendrilError | undefined {
    return this.under.tooLong;
  }

  /** From now on the operation writes: it goes on to its end whoever listens, or until its time is over. */
  beginWrite(): void {
    this.guard();
    this.under.write = true;
  }

  /** Nobody waits for the answer any more: reads of the store and of the graph end at their next step. */
  cancel(): void {
    if (!this.under.write) this.ending.abort(unavailable('Nobody waits for this answer any more.'));
  }

  /** The answer is given, or never will be: lets go of the clock. */
  end(): void {
    clearTimeout(this.under.timer);
  }

  /** Where the store is away, that is why it took so long, and to ask for less would not help. */
  timeOver(): TendrilError {
    const { storeUp, because } = this.all.follower.status;
    if (!storeUp && because !== null)
      return unavailable(`The answer did not come in time. ${because} Ask again in a few seconds.`);
    return overLimit('operationMillis', this.all.limits, 'Ask for less at a time.');
  }

  /**
   * The state recorded at `asOf`; without it the one that this operation has pinned.
   *
   * @throws LIMIT_EXCEEDED for one moment too many, STALE_READ where what the caller has seen is not here yet
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
   * What fields about everybody answer from: worked out in the background, and so perhaps of a state before the one
   * that this operation has pinned, but never of one before what the caller has seen.
   *
   * @throws STALE_READ where what the caller has seen is not worked out yet
   */
  aggregated(): Promise<AggregatedMoment> {
    this.under.aggregated ??= this.aggregate();
    return this.under.aggregated;
  }

  /** The state as it is after a write of this operation, which the pinned one may be older than. */
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
    // What the caller has seen may be what was recorded then: it has to be here before we look.
    const { store, graphs } = this.reading;
    if (this.options.atLeast !== undefined) await graphs.current(this.now, this.options.atLeast);
    // A time to come may still get commits: there, the state itself says which one it is.
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
