import type { Revision } from '../../model/revision.js';

/** The head has moved, whichever process moved it. From now on this instance answers for `revision` or a later one. */
export interface HeadMove {
  /** The last revision that was published before. */
  readonly since: Revision;
  readonly revision: Revision;
}

/** Publishes the moves of the head to its subscribers. */
export class HeadMovePublisher {
  private readonly subscribers = new Set<Subscriber>();
  private ended = false;

  publish(move: HeadMove): void {
    for (const reader of this.subscribers) reader.receive(move);
  }

  /** Every move from now on, until {@link end} or the subscriber's own `return`. */
  subscribe(): AsyncIterableIterator<HeadMove> {
    const reader = new Subscriber(() => this.subscribers.delete(reader));
    if (this.ended) void reader.return();
    else this.subscribers.add(reader);
    return reader;
  }

  end(): void {
    this.ended = true;
    for (const reader of this.subscribers) void reader.return();
  }
}

const DONE = { done: true, value: undefined } as const;

/**
 * One subscriber. Moves that it has not taken yet are merged into one, so that no queue grows for a slow subscriber.
 * It is not a generator, because a generator cannot be ended while it waits.
 */
class Subscriber implements AsyncIterableIterator<HeadMove> {
  private move: HeadMove | undefined;
  private readonly waiting: ((result: IteratorResult<HeadMove>) => void)[] = [];
  private ended = false;

  constructor(private readonly unsubscribe: () => void) {}

  receive({ since, revision }: HeadMove): void {
    this.move = { since: this.move?.since ?? since, revision };
    this.deliver();
  }

  next(): Promise<IteratorResult<HeadMove>> {
    if (this.ended) return Promise.resolve(DONE);
    const asked = new Promise<IteratorResult<HeadMove>>((resolve) => this.waiting.push(resolve));
    this.deliver();
    return asked;
  }

  return(): Promise<IteratorResult<HeadMove>> {
    this.ended = true;
    this.unsubscribe();
    for (const answer of this.waiting.splice(0)) answer(DONE);
    return Promise.resolve(DONE);
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  private deliver(): void {
    const { move } = this;
    const answer = move === undefined ? undefined : this.waiting.shift();
    if (move === undefined || answer === undefined) return;
    this.move = undefined;
    answer({ done: false, value: move });
  }
}
