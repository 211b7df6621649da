import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Head, Revision } from '../../model/revision.js';
import type { Connection, Run } from './connection.js';
import { leaseLost } from './failures.js';
import { whole } from './values.js';

/** How long, in milliseconds, a writer that is not heard of keeps its place. Its clock is the server's. */
export const LEASE = 20_000;

/** Milliseconds between two tries; some spread, so that two waiting processes do not keep step. */
const STEP = 15;
const SPREAD = 50;

const FREE = 'MATCH (l:TendrilLease {one: 1}) WHERE l.owner IS NULL OR l.expiresAt < timestamp() RETURN 1';
// Writing to the node first waits for whoever else does: what is read after that is no older.
const TAKE = `MATCH (l:TendrilLease {one: 1}) SET l.touched = timestamp()
  WITH l WHERE l.owner IS NULL OR l.owner = $token OR l.expiresAt < timestamp()
  SET l.owner = $token, l.fence = l.fence + 1, l.batch = 0, l.expiresAt = timestamp() + $lease
  WITH l MATCH (h:TendrilHead {one: 1})
  RETURN h.revision, h.at, h.lastNumber, h.lastSource, COUNT { MATCH (d:TendrilDraft) }`;
const RENEW = `MATCH (l:TendrilLease {one: 1}) SET l.touched = timestamp()
  WITH l WHERE l.owner = $token SET l.expiresAt = timestamp() + $lease RETURN 1`;
const HOLD = `MATCH (l:TendrilLease {one: 1}) SET l.touched = timestamp()
  WITH l, l.batch AS before WHERE l.owner = $token
  SET l.batch = $batch, l.expiresAt = timestamp() + $lease RETURN before`;
const RELEASE = 'MATCH (l:TendrilLease {one: 1}) WHERE l.owner = $token REMOVE l.owner';

/** What a writer finds as it begins. */
export interface Ground {
  readonly base: Head;
  /** The highest numbers given by commits. */
  readonly lastNumber: number;
  readonly lastSource: number;
  /** Whether an earlier writer left something to clean up or to finish. */
  readonly left: boolean;
}

/**
 * The right to write, which one draft over all processes has. Every batch asks for it in its own transaction,
 * so a writer that lost it can change nothing any more.
 */
export class Lease {
  private readonly token = randomUUID();
  private batch = 0;
  private timer: NodeJS.Timeout | undefined;

  private constructor(private readonly connection: Connection) {}

  /** Waits for the right until `deadline` (of `performance.now()`); undefined: somebody else has it still. */
  static async take(connection: Connection, deadline: number): Promise<[Lease, Ground] | undefined> {
    const lease = new Lease(connection);
    for (;;) {
      const ground = await lease.tryToTake();
      if (ground !== undefined) return [lease, ground];
      const left = deadline - performance.now();
      if (left <= 0) return undefined;
      await sleep(Math.min(left, STEP + Math.random() * SPREAD));
    }
  }

  /**
   * One batch of writes, in a transaction that holds the lease. The driver may run it again after a failure
   * that left open whether it was done: the number of the batch tells.
   *
   * @throws UNAVAILABLE when another writer has taken over.
   */
  async write<T>(work: (run: Run) => Promise<T>): Promise<T | undefined> {
    this.batch += 1;
    const batch = this.batch;
    return this.connection.write(async (run) => {
      const [row] = await run<[number]>(HOLD, { ...this.parameters, batch: whole(batch) });
      if (row === undefined) throw leaseLost(this.connection.place);
      return row[0] === batch ? undefined : work(run);
    });
  }

  /**
   * The head's revision, while this writer holds the right: nobody else moves it then, and a transaction of
   * this writer whose end it did not hear of is over.
   */
  async head(): Promise<Revision> {
    for (;;) {
      const rows = await this.write((run) =>
        run<[number]>('MATCH (h:TendrilHead {one: 1}) RETURN h.revision'),
      );
      if (rows?.[0] !== undefined) return rows[0][0];
    }
  }

  async release(): Promise<void> {
    this.forget();
    await this.connection.write((run) => run(RELEASE, this.parameters));
  }

  /** Lets the right run out by itself. */
  forget(): void {
    clearInterval(this.timer);
  }

  private async tryToTake(): Promise<Ground | undefined> {
    const [free] = await this.connection.read(FREE);
    if (free === undefined) return undefined;
    const [row] = await this.connection.write((run) =>
      run<[number, number, number, number, number]>(TAKE, this.parameters),
    );
    if (row === undefined) return undefined;
    const [revision, at, lastNumber, lastSource, drafts] = row;
    this.keep();
    return { base: { revision, at }, lastNumber, lastSource, left: drafts > 0 };
  }

  /** Renews the right while its holder does something else. A failure shows at the next batch. */
  private keep(): void {
    const renew = () => void this.connection.write((run) => run(RENEW, this.parameters)).catch(() => {});
    this.timer = setInterval(renew, LEASE / 4);
    this.timer.unref();
  }

  private get parameters() {
    return { token: this.token, lease: whole(LEASE) };
  }
}
