import { setTimeout as sleep } from 'node:timers/promises';
import type { HeadMove } from '../../graph/follower/head-move-publisher.js';
import { TendrilError } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';

/** The result of one look: values to send, in order. */
export interface Look<T> {
  readonly values: readonly T[];
  /** The stream ends after these values. */
  readonly last?: boolean;
  /** More is available already, so that the next look does not wait for a commit. */
  readonly more?: boolean;
}

/** Looks for new values. Queries are answered at `revision` or later by then. */
export type Looking<T> = (revision: Revision) => Promise<Look<T>>;

/** How a stream begins. */
export interface Begun<T> {
  /** The values that are sent before the first commit, and the revision at which they were read. */
  readonly first?: Look<T>;
  readonly revision?: Revision;
  readonly look: Looking<T>;
}

/** How long a stream waits before it looks again at a store that did not answer, in milliseconds. */
const AGAIN = 1000;

/**
 * A stream of values that looks for new ones whenever the head has moved. It looks only after all earlier values were
 * taken, so that values do not queue for a slow reader. It is not a generator, because a generator cannot be ended
 * while it waits. When the store is unavailable for a while, the stream does not end: it looks again until the store
 * answers, so that subscribers miss nothing.
 */
export class Stream<T> implements AsyncIterableIterator<T> {
  private readonly look: Looking<T>;
  private readonly found: T[] = [];
  private revision: Revision;
  private over = false;
  private more = false;
  private readonly ending = new AbortController();

  /**
   * @param moves ended with the stream
   * @param begun the first values, and the look that is repeated after every commit
   */
  constructor(
    private readonly moves: AsyncIterableIterator<HeadMove>,
    { first = { values: [] }, revision = 0, look }: Begun<T>,
  ) {
    this.look = look;
    this.revision = revision;
    this.take(first);
  }

  async next(): Promise<IteratorResult<T>> {
    for (;;) {
      const value = this.found.shift();
      if (value !== undefined) return { done: false, value };
      if (this.over) return this.return();
      if (!this.more) {
        const move = await this.moves.next();
        if (move.done === true) return this.return();
        this.revision = move.value.revision;
      }
      const look = await this.looked();
      if (look !== undefined) this.take(look);
    }
  }

  /** undefined: the store was unavailable, and the look has to be repeated. */
  private async looked(): Promise<Look<T> | undefined> {
    try {
      return await this.look(this.revision);
    } catch (error) {
      if (!(error instanceof TendrilError) || error.code !== 'UNAVAILABLE') throw error;
      this.more = true;
      await sleep(AGAIN, undefined, { signal: this.ending.signal, ref: false }).catch(() => {});
      return undefined;
    }
  }

  /** Ends the stream, also while a caller waits for the next value. */
  async return(): Promise<IteratorResult<T>> {
    this.over = true;
    this.found.length = 0;
    this.ending.abort();
    await this.moves.return?.();
    return { done: true, value: undefined };
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private take({ values, last = false, more = false }: Look<T>): void {
    if (this.over) return;
    this.found.push(...values);
    this.over = last;
    this.more = more;
  }
}

/**
 * Opens a stream. It listens for commits before `begin` looks for the first time, so that none is missed.
 *
 * @param begin makes the first look, and returns the function for those that follow
 */
export async function openStream<T>(
  follower: { headMoves(): AsyncIterableIterator<HeadMove> },
  begin: () => Promise<Begun<T>>,
): Promise<Stream<T>> {
  const moves = follower.headMoves();
  try {
    return new Stream(moves, await begin());
  } catch (error) {
    await moves.return?.();
    throw error;
  }
}
