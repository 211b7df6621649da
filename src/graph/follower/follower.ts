import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../../async/with-deadline.js';
import type { Clock } from '../../model/clock.js';
import type { Head, Revision } from '../../model/revision.js';
import type { GraphProvider } from '../graph-provider.js';
import { type HeadMove, HeadMovePublisher } from './head-move-publisher.js';

/** The one read that the follower needs of a store. */
export interface HeadReader {
  head(): Promise<Head>;
}

/** Milliseconds between two reads of the head: a commit of another process is noticed well within a second. */
const CHECK_EVERY = 200;
/** The longest pause between two reads of the head while the store is down, in milliseconds. */
const CHECK_EVERY_WHEN_DOWN = 2000;
/** How long, in seconds, this instance may be behind the store before it reports that it is not ready. */
export const MAX_LAG = 10;
/** How long a read of the head may take before the store counts as down, in milliseconds. */
const HEAD_TIMEOUT = 2000;

/** How current this instance is, compared with its store. It contains no data of the company. */
export interface FollowerStatus {
  /** Whether the last read of the head succeeded and the one under way has not taken too long. */
  readonly storeUp: boolean;
  /** The store's head as it was last read, and the revision of the state that answers queries. */
  readonly storeRevision: Revision;
  readonly indexRevision: Revision;
  /** Seconds since the two revisions were last known to be equal. They are compared several times a second. */
  readonly lagSeconds: number;
  /** A sentence that says why this instance should get no requests now; null: it is ready. */
  readonly because: string | null;
}

/** Where the follower logs that the store is down, and that it is up again. */
export interface FollowerLog {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
}

/**
 * Keeps an instance current: it reads the store's head again and again, and brings the graph to it in the background,
 * so that no query has to wait for the commits of another process. It needs only one small read of the store, so it
 * works with every engine.
 */
export class Follower {
  private readonly moves = new HeadMovePublisher();
  private readonly ending = new AbortController();
  private running: Promise<void> | undefined;
  private looking: Promise<void> | undefined;
  private catching: Promise<void> | undefined;
  private head: Head = { revision: 0, at: 0 };
  /** The revision of the state that answers queries; undefined: no state was read yet. */
  private index: Revision | undefined;
  private up = true;
  /** When the read of the head that is under way began. */
  private askedAt: number | undefined;
  /** When, by {@link elapsed}, the two revisions were last known to be equal. */
  private currentAt: number;

  constructor(
    private readonly store: HeadReader,
    private readonly graphs: Pick<GraphProvider, 'current'>,
    private readonly clock: Clock,
    private readonly log: FollowerLog,
    /** Milliseconds of a monotonic clock. */
    private readonly elapsed: () => number = () => performance.now(),
  ) {
    this.currentAt = elapsed();
  }

  /** Begins to follow the store. A second call does nothing. */
  start(): void {
    this.running ??= this.run();
  }

  /** Ends all subscriptions. A read of the store that is under way is not waited for. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.moves.end();
    await this.running;
  }

  /**
   * Every move of the head from now on, whichever process made it, as soon as queries are answered with it. A slow
   * subscriber gets several moves as one. The stream ends when this instance stops.
   */
  headMoves(): AsyncIterableIterator<HeadMove> {
    return this.moves.subscribe();
  }

  get status(): FollowerStatus {
    const now = this.elapsed();
    const lagSeconds = Math.max(0, now - this.currentAt) / 1000;
    const isSilent = this.askedAt !== undefined && now - this.askedAt > HEAD_TIMEOUT;
    const standing = {
      storeUp: this.up && !isSilent,
      storeRevision: this.head.revision,
      indexRevision: this.index ?? 0,
      lagSeconds,
    };
    const isLoading = this.index === undefined && standing.storeUp;
    return { ...standing, because: isLoading ? NOT_LOADED : becauseOf(standing) };
  }

  /** Reads the head at once, and gives the status then. A store that does not answer in time counts as down. */
  async check(): Promise<FollowerStatus> {
    const answered = this.checkOnce().then(() => true);
    const deadline = { millis: HEAD_TIMEOUT, onTimeout: () => false, keepsAlive: false };
    const there = await withDeadline(answered, deadline);
    const { status } = this;
    return there || status.because !== null ? status : { ...status, storeUp: false, because: NOT_THERE };
  }

  private async run(): Promise<void> {
    const { signal } = this.ending;
    const ended = new Promise<void>((resolve) => {
      signal.addEventListener('abort', () => resolve(), { once: true });
    });
    let pause = CHECK_EVERY;
    while (!signal.aborted) {
      // A read that takes long must not delay the stop.
      await Promise.race([this.checkOnce(), ended]);
      pause = this.up ? CHECK_EVERY : Math.min(pause * 2, CHECK_EVERY_WHEN_DOWN);
      await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** Reads the head, once at a time: calls that come meanwhile share the read. */
  private checkOnce(): Promise<void> {
    this.looking ??= this.readHead().finally(() => {
      this.looking = undefined;
    });
    return this.looking;
  }

  private async readHead(): Promise<void> {
    const began = this.elapsed();
    try {
      this.askedAt = began;
      this.head = await this.store.head();
    } catch (error) {
      this.markDown(error);
      return;
    } finally {
      this.askedAt = undefined;
    }
    if (this.index !== undefined && this.index >= this.head.revision) {
      this.markCurrent(began);
      return;
    }
    this.catching ??= this.catchUp(began).finally(() => {
      this.catching = undefined;
    });
    // Only the first catch-up is waited for: while a large commit is read, the head is still read again and again.
    if (this.index === undefined) await this.catching;
  }

  private async catchUp(began: number): Promise<void> {
    const { revision: wanted } = this.head;
    const since = this.index;
    try {
      const { revision } = await this.graphs.current(this.clock.now());
      this.index = revision;
      if (revision >= wanted) this.markCurrent(began);
    } catch (error) {
      this.markDown(error);
      return;
    }
    // The first state is not a move: this instance begins with it.
    if (since !== undefined && this.index > since) this.moves.publish({ since, revision: this.index });
  }

  /** @param began when the read of the head began: later commits are not known */
  private markCurrent(began: number): void {
    if (!this.up) this.log.info({ revision: this.head.revision }, 'the store can be read again');
    this.up = true;
    this.currentAt = Math.max(this.currentAt, began);
  }

  private markDown(error: unknown): void {
    if (this.up && !this.ending.signal.aborted) {
      this.log.warn({ err: error }, 'the store cannot be read; reading is tried again until it succeeds');
    }
    this.up = false;
  }
}

const NOT_LOADED = 'The graph is not read yet.';
const NOT_THERE = 'The store does not answer.';

function becauseOf(standing: Omit<FollowerStatus, 'because'>): string | null {
  const { storeUp, storeRevision, indexRevision, lagSeconds } = standing;
  if (!storeUp) return NOT_THERE;
  if (lagSeconds <= MAX_LAG) return null;
  const missing = Math.max(0, storeRevision - indexRevision);
  return (
    `This instance is ${missing} revisions behind the store, and was last level with it ` +
    `${Math.floor(lagSeconds)} seconds ago.`
  );
}
