import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../../async/with-deadline.js';
import type { Follower } from '../../graph/follower/follower.js';
import type { GraphProvider } from '../../graph/graph-provider.js';
import type { WholeView } from '../../graph/graph-state.js';
import { READ_WAIT } from '../../graph/wait-for-revision.js';
import type { Clock } from '../../model/clock.js';
import { TendrilError } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';
import type { Store } from '../../store/store.js';
import { type Aggregate, isAggregateOf } from './aggregate.js';
import { computeAggregate } from './compute.js';
import { Pace } from './pace.js';

/** How long an answer waits for the aggregate of its own state, in milliseconds. */
export interface Waits {
  /** Before it uses the aggregate of an earlier state. */
  readonly fresh: number;
  /** Where the caller has seen a revision whose aggregate is not computed yet. */
  readonly read: number;
}

export const AGGREGATE_WAITS: Waits = { fresh: 100, read: READ_WAIT };
/** How long it waits for more commits, in milliseconds, so that several in a row need one computation. */
const SETTLE = 50;
/** The longest pause after a computation, in milliseconds. The pause is as long as the computation was. */
const LONGEST_REST = 2_000;
/** Bounds of the wait for an expiry, in milliseconds: a test clock may stand still, and timers end at 2³¹. */
const EXPIRY_WAIT = { least: 1_000, most: 2 ** 31 - 1 } as const;

/** What a caller requires of an aggregate. */
export interface AggregateOptions {
  /** The caller has seen this revision. */
  readonly atLeast: Revision;
  /** Aborted when the caller waits no longer. */
  readonly signal: AbortSignal;
}

/** Takes the failures of computations in the background. */
interface AggregateLog {
  warn(fields: object, message: string): void;
}

/**
 * Keeps the aggregate of the newest state. It is computed in the background whenever a commit (of any process) or an
 * expiry has changed it. One computation runs at a time, and each begins with the newest state, so that none queue.
 */
export class Aggregates {
  private newest: Aggregate | undefined;
  private round: Promise<void> | undefined;
  private waiting = 0;
  private expiry: NodeJS.Timeout | undefined;
  private running: Promise<void> | undefined;
  private readonly ending = new AbortController();

  constructor(
    private readonly store: Pick<Store, 'list'>,
    private readonly graphs: Pick<GraphProvider, 'current'>,
    private readonly clock: Clock,
    private readonly log: AggregateLog,
    private readonly waits: Waits = AGGREGATE_WAITS,
  ) {}

  /** Starts the work in the background; a second call changes nothing. */
  start(follower: Pick<Follower, 'headMoves'>): void {
    this.running ??= this.run(follower);
  }

  /** Stops the computation that runs, and waits until it has ended. */
  async stop(): Promise<void> {
    this.ending.abort(new TendrilError('UNAVAILABLE', 'The service stops. Ask again in a moment.'));
    clearTimeout(this.expiry);
    await this.running;
    await this.round?.catch(() => {});
  }

  /**
   * The aggregate of a state. Where that takes too long, it is the newest one that exists, unless the caller has seen a
   * later revision.
   *
   * @throws STALE_READ where the revision that the caller has seen is not computed in time; the error of a computation
   */
  async of(view: WholeView, { atLeast, signal }: AggregateOptions): Promise<Aggregate> {
    const until = performance.now() + (this.hasSeen(atLeast) ? this.waits.fresh : this.waits.read);
    this.waiting += 1;
    try {
      for (;;) {
        const found = this.found(view);
        if (found !== undefined) return found;
        // The first aggregate may take as long as the operation.
        const left = this.newest === undefined ? undefined : until - performance.now();
        if (left !== undefined && left <= 0) break;
        await withDeadline(this.work(), { millis: left, signal });
      }
    } finally {
      this.waiting -= 1;
    }
    const { newest } = this;
    if (newest !== undefined && newest.view.revision >= atLeast) return newest;
    throw new TendrilError(
      'STALE_READ',
      `The numbers of revision ${atLeast} were not computed within ${this.waits.read / 1000} s. Ask again in a moment.`,
    );
  }

  private hasSeen(revision: Revision): boolean {
    return this.newest !== undefined && this.newest.view.revision >= revision;
  }

  /** The newest aggregate, where it is of this state or of a later one. */
  private found(view: WholeView): Aggregate | undefined {
    const { newest } = this;
    if (newest === undefined) return undefined;
    if (isAggregateOf(newest, view)) {
      // The commits since then did not change it.
      if (view.revision > newest.view.revision) this.newest = { ...newest, view };
      return this.newest;
    }
    const later = newest.view.now >= view.now || newest.until > view.now;
    return later && newest.view.revision >= view.revision ? newest : undefined;
  }

  private async run(follower: Pick<Follower, 'headMoves'>): Promise<void> {
    const { signal } = this.ending;
    const moves = follower.headMoves();
    signal.addEventListener('abort', () => void moves.return?.(), { once: true });
    const pause = (millis: number) => sleep(millis, undefined, { signal, ref: false }).catch(() => {});
    do {
      await pause(SETTLE);
      const began = performance.now();
      await this.workAlone();
      await pause(Math.min(performance.now() - began, LONGEST_REST));
    } while (!signal.aborted && (await moves.next()).done !== true);
  }

  /** A failure in the background is only logged; the next caller tries again. */
  private workAlone(): Promise<void> {
    return this.work().catch((error: unknown) => {
      if (this.ending.signal.aborted) return;
      this.log.warn({ err: error }, 'the numbers for dashboards could not be worked out');
    });
  }

  /** One computation at a time: callers share the one that runs. */
  private work(): Promise<void> {
    this.round ??= this.workOnce().finally(() => {
      this.round = undefined;
    });
    return this.round;
  }

  private async workOnce(): Promise<void> {
    const { signal } = this.ending;
    signal.throwIfAborted();
    const { whole } = await this.graphs.current(this.clock.now());
    if (whole === null) return;
    if (this.found(whole) === undefined) {
      this.newest = await computeAggregate(whole, this.store, new Pace(() => this.waiting > 0, signal));
    }
    this.expectExpiry();
  }

  private expectExpiry(): void {
    clearTimeout(this.expiry);
    const left = (this.newest?.until ?? Number.POSITIVE_INFINITY) - this.clock.now();
    if (this.ending.signal.aborted || !Number.isFinite(left)) return;
    const { least, most } = EXPIRY_WAIT;
    this.expiry = setTimeout(() => void this.workAlone(), Math.min(Math.max(left, least), most)).unref();
  }
}
