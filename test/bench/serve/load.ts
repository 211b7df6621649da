import autocannon from 'autocannon';
import { type Figures, figures } from '../timing.js';

/** Where a load goes, and what it asks. */
export interface Target {
  readonly url: string;
  readonly requests: readonly autocannon.Request[];
  /** What every answer is. */
  readonly status: 200 | 304;
}

/** One answer: when it was whole, by `performance.now()`, and milliseconds since it was asked for. */
interface Answered {
  readonly at: number;
  readonly millis: number;
}

/** What a load came to. */
export interface Loaded {
  readonly requests: number;
  readonly perSecond: number;
  readonly millis: Figures;
}

/** Connections that ask one thing after the other, for as long as somebody wants to know. */
export class Load {
  private readonly answered: Answered[] = [];
  /** Answers of another status than all should have. */
  private others = 0;
  private readonly begun = performance.now();
  private readonly instance: autocannon.Instance;
  private readonly ended: Promise<autocannon.Result>;

  /** @param seconds after which it ends of itself */
  constructor({ url, requests, status }: Target, connections: number, seconds: number) {
    let number = 0;
    const options: autocannon.Options = {
      url,
      connections,
      duration: Math.ceil(seconds),
      timeout: 60,
      // An error of GraphQL is answered 200, and in no time.
      verifyBody: (body) => !String(body).includes('"errors"'),
      setupClient: (client) => {
        // Each begins somewhere else: all at the same question at one time would be another load.
        const from = Math.floor((number * requests.length) / connections);
        client.setRequests([...requests.slice(from), ...requests.slice(0, from)]);
        number += 1;
      },
    };
    const { promise, resolve, reject } = settled<autocannon.Result>();
    this.ended = promise;
    this.instance = autocannon(options, (error, result) => (error ? reject(error) : resolve(result)));
    this.instance.on('response', (_client, answered, _bytes, millis) => {
      if (answered !== status) this.others += 1;
      this.answered.push({ at: performance.now(), millis });
    });
  }

  /** Ends it now. */
  stop(): void {
    this.instance.stop();
  }

  /** What it came to. @throws Error where anything was not answered as it should be */
  async result(): Promise<Loaded> {
    const { errors, timeouts, mismatches } = await this.ended;
    const { others } = this;
    if (errors + timeouts + others + mismatches > 0) {
      throw new Error(
        `${errors} errors, ${timeouts} timeouts, ${others} of another status, ${mismatches} with errors.`,
      );
    }
    return this.between(this.begun, this.answered.at(-1)?.at ?? performance.now());
  }

  /** The part of it that was answered between two moments of `performance.now()`. */
  between(from: number, until: number): Loaded {
    const part = this.answered.filter(({ at }) => at >= from && at <= until);
    if (part.length === 0) throw new Error('Nothing was answered meanwhile.');
    const perSecond = part.length / ((until - from) / 1000);
    return { requests: part.length, perSecond, millis: figures(part.map(({ millis }) => millis)) };
  }
}

/** A promise, and what settles it. */
function settled<T>() {
  let resolve: (value: T) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<T>((yes, no) => {
    resolve = yes;
    reject = no;
  });
  return { promise, resolve, reject };
}
