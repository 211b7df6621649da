import type { Revision } from '../../model/revision.js';

/** The head moved, by whichever process, and this instance answers at least for `revision` from now on. */
export interface HeadMove {
  /** The last revision that was told before. */
  readonly since: Revision;
  readonly revision: Revision;
}

/** Tells whoever listens that the head moved. */
export class HeadMoves {
  private readonly readers = new Set<Reader>();
  private ended = false;

  tell(move: HeadMove): void {
    for (const reader of this.readers) reader.tell(move);
  }

  /** Every move from now on, until {@link end} or the reader's own `return`. */
  stream(): AsyncIterableIterator<HeadMove> {
    const reader = new Reader(() => this.readers.delete(reader));
    if (this.ended) void reader.return();
    else this.readers.add(reader);
    return reader;
  }

  end(): void {
    this.ended = true;
    for (const reader of this.readers) void reader.return();
  }
}

const DONE = { done: true, value: undefined } as const;

/**
 * One reader. Moves that it has not taken yet are one, so that nothing queues up for a slow one. Not a generator:
 * that could not be ended while it waits.
 */
class Reader implements AsyncIterableIterator<HeadMove> {
  private move: HeadMove | undefined;
  private readonly asking: ((result: IteratorResult<HeadMove>) => void)[] = [];
  private ended = false;

  constructor(private readonly forget: () => void) {}

  tell({ since, revision }: HeadMove): void {
    this.move = { since: this.move?.since ?? since, revision };
    this.give();
  }

  next(): Promise<IteratorResult<HeadMove>> {
    if (this.ended) return Promise.resolve(DONE);
    const asked = new Promise<IteratorResult<HeadMove>>((resolve) => this.asking.push(resolve));
    this.give();
    return asked;
  }

  return(): Promise<IteratorResult<HeadMove>> {
    this.ended = true;
    this.forget();
    for (const answer of this.asking.splice(0)) answer(DONE);
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private give(): void {
    const { move } = this;
    const answer = move === undefined ? undefined : this.asking.shift();
    if (move === undefined || answer === undefined) return;
    this.move = undefined;
    answer({ done: false, value: move });
  }
}
