import { setTimeout as sleep } from 'node:timers/promises';
import type { HeadMove } from '../../graph/follower/head-move-publisher.js';
import { TendrilError } from '../../model/errors.js';
import type { Revision } from '../../model/revision.js';

/** What one look found: values to tell, in order. */
export interface Look<T> {
  readonly values: readonly T[];
  /** There will be no more. */
  readonly last?: boolean;
  /** There is more already: the next look waits for nothing. */
  readonly more?: boolean;
}

/** Looks; `revision` is one that questions are answered with by now. */
export type Looking<T> = (revision: Revision) => Promise<Look<T>>;

/** How a stream begins. */
export interface Begun<T> {
  /** What is told before anything has moved, and the state that it was read at. */
  readonly first?: Look<T>;
  readonly revision?: Revision;
  readonly look: Looking<T>;
}

/** How long a stream waits before it looks again at a store that did not answer, in milliseconds. */
const AGAIN = 1000;

/**
 * Tells what is found by looking again whenever the head has moved. It looks only when everything it found was
 * taken: for a slow reader it looks less often, and nothing queues up. Not a generator: that could not be ended
 * while it waits. A store that is away for a while ends no stream: it looks again until it is told, so that whoever
 * listens misses nothing and need not come again.
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
   * @param begun how it begins, and what is asked after every move
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

  /** undefined: the store was away, and the same is to be looked for again. */
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

  /** Ends it, also while somebody waits for the next value. */
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
 * Opens a stream. Moves are listened to before `begin` looks for the first time, so that nothing falls in between.
 *
 * @param begin looks for the first time, and gives what looks from then on
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
