import { setTimeout as sleep } from 'node:timers/promises';
import { withDeadline } from '../../async/with-deadline.js';
import type { Clock } from '../../model/clock.js';
import type { Head, Revision } from '../../model/revision.js';
import type { GraphProvider } from '../graph-provider.js';
import { type HeadMove, HeadMovePublisher } from './head-move-publisher.js';

/** What is followed: one cheap read. */
export interface HeadReader {
  head(): Promise<Head>;
}

/** Milliseconds between two looks at the head: with the way there, well under a second until a commit is here. */
const CHECK_EVERY = 200;
/** The most that it waits between two looks at a store that is down, in milliseconds. */
const CHECK_EVERY_WHEN_DOWN = 2000;
/** How far, in seconds, this instance may be behind the store before it says that it is not ready. */
export const MAX_LAG = 10;
/** How long the store may take to say where its head is, until it counts as not there; in milliseconds. */
const HEAD_TIMEOUT = 2000;

/** How this instance stands to its store. It says nothing of the company. */
export interface FollowerStatus {
  /** Whether the last look at the head was answered, and the one under way is not waited for too long. */
  readonly storeUp: boolean;
  /** The head as it was last seen, and the state that questions are answered from. */
  readonly storeRevision: Revision;
  readonly indexRevision: Revision;
  /** Seconds since it was last known that the two are one; it looks every few tenths of a second. */
  readonly lagSeconds: number;
  /** A sentence that says why this instance should be asked nothing now; null: it is ready. */
  readonly because: string | null;
}

/** Hears when the store is lost and found again. */
export interface FollowerLog {
  warn(fields: object, message: string): void;
  info(fields: object, message: string): void;
}

/**
 * Keeps an instance current: looks at the store's head again and again, and brings the graph to it in the
 * background, so that no question has to wait for what another process wrote. What it needs of the store is one
 * small read, and so every engine and every edition of it will do.
 */
export class Follower {
  private readonly moves = new HeadMovePublisher();
  private readonly ending = new AbortController();
  private running: Promise<void> | undefined;
  private looking: Promise<void> | undefined;
  private catching: Promise<void> | undefined;
  private head: Head = { revision: 0, at: 0 };
  /** The state that questions are answered from; undefined: none was read yet. */
  private index: Revision | undefined;
  private up = true;
  /** When it began to ask for the head, while that is not answered. */
  private askedAt: number | undefined;
  /** When, by {@link elapsed}, the two were last known to be one. */
  private currentAt: number;

  constructor(
    private readonly store: HeadReader,
    private readonly graphs: Pick<GraphProvider, 'current'>,
    private readonly clock: Clock,
    private readonly log: FollowerLog,
    /** Milliseconds of a clock that nobody sets. */
    private readonly elapsed: () => number = () => performance.now(),
  ) {
    this.currentAt = elapsed();
  }

  /** Begins to follow; twice is the same as once. */
  start(): void {
    this.running ??= this.run();
  }

  /** Ends all listening. What is under way at the store is left to it. */
  async stop(): Promise<void> {
    this.ending.abort();
    this.moves.end();
    await this.running;
  }

  /**
   * Every commit from now on, by whichever process, once questions are answered with it; a slow reader gets
   * several as one. It ends when this instance stops.
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

  /** Looks at once, and says how it stands; a store that does not answer soon counts as not there. */
  async check(): Promise<FollowerStatus> {
    const answered = this.checkOnce().then(() => true);
    const there = await withDeadline(answered, { millis: HEAD_TIMEOUT, onTimeout: () => false });
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
      // A store that is slow to say that it is not there keeps nobody from stopping.
      await Promise.race([this.checkOnce(), ended]);
      pause = this.up ? CHECK_EVERY : Math.min(pause * 2, CHECK_EVERY_WHEN_DOWN);
      await sleep(pause, undefined, { signal, ref: false }).catch(() => {});
    }
  }

  /** One look at a time, whoever asks for it. */
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
    // Later ones are not waited for: while a large commit is read, the head goes on being watched.
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
    // The first state is where this instance begins: nobody has listened for it.
    if (since !== undefined && this.index > since) this.moves.publish({ since, revision: this.index });
  }

  /** @param began when it was looked: what happened later is not known */
  private markCurrent(began: number): void {
    if (!this.up) this.log.info({ revision: this.head.revision }, 'the store can be read again');
    this.up = true;
    this.currentAt = Math.max(this.currentAt, began);
  }

  private markDown(error: unknown): void {
    if (this.up && !this.ending.signal.aborted) {
      this.log.warn({ err: error }, 'the store cannot be read; it is looked for until it can');
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
    `This instance is ${missing} revisions behind the store, and has not been where the store is for ` +
    `${Math.floor(lagSeconds)} seconds.`
  );
}
