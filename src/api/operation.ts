import type { TendrilError } from '../model/errors.js';
import type { Millis } from '../model/time.js';
import type { Viewer } from './access.js';
import { overLimit } from './limits.js';
import { Moment } from './moment.js';
import type { Services } from './services.js';

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
export class Operation {
  readonly viewer: Viewer;
  readonly requestId: string;
  /** The moment of the operation: when it began. */
  readonly now: Millis;
  private readonly moments = new Map<Millis | undefined, Promise<Moment>>();
  private readonly deadline: number;

  constructor(
    readonly services: Services,
    private readonly options: OperationOptions,
  ) {
    this.viewer = options.viewer;
    this.requestId = options.requestId;
    this.now = services.clock.now();
    this.deadline = performance.now() + services.limits.operationMillis;
  }

  /** Milliseconds until the operation's time is over. */
  get timeLeft(): number {
    return Math.max(0, this.deadline - performance.now());
  }

  /** @throws LIMIT_EXCEEDED when the operation's time is over. */
  readonly guard = (): void => {
    if (performance.now() >= this.deadline) throw this.timeOver();
  };

  /** Aborted, with LIMIT_EXCEEDED as its reason, when the operation's time is over. */
  get signal(): AbortSignal {
    const controller = new AbortController();
    setTimeout(() => controller.abort(this.timeOver()), this.timeLeft).unref();
    return controller.signal;
  }

  timeOver(): TendrilError {
    return overLimit('operationMillis', this.services.limits, 'Ask for less at a time.');
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
    const { limits } = this.services;
    const past = [...this.moments.keys()].filter((moment) => moment !== undefined).length;
    if (at !== undefined && past >= limits.moments)
      throw overLimit('moments', limits, 'Ask about the others in operations of their own.');
    const made = at === undefined ? this.present() : this.past(at);
    this.moments.set(at, made);
    return made;
  }

  private async present(): Promise<Moment> {
    const ground = await this.services.graphs.current(this.now, this.options.atLeast);
    return this.make(ground.revision, null, async () => ground);
  }

  private async past(at: Millis): Promise<Moment> {
    // What the caller has seen may be what was recorded then: it has to be here before we look.
    if (this.options.atLeast !== undefined)
      await this.services.graphs.current(this.now, this.options.atLeast);
    // A time to come may still get commits: there, the state itself says which one it is.
    if (at >= this.now) {
      const ground = await this.services.graphs.asOf(at, this.guard);
      return this.make(ground.revision, at, async () => ground);
    }
    const head = await this.services.store.revisionAt(at);
    return this.make(head.revision, at, () => this.services.graphs.asOf(at, this.guard));
  }

  private make(
    revision: number,
    asOf: Millis | null,
    ground: () => ReturnType<Services['graphs']['asOf']>,
  ): Moment {
    return new Moment(revision, asOf ?? this.now, {
      asOf,
      services: this.services,
      guard: this.guard,
      ground,
    });
  }
}
