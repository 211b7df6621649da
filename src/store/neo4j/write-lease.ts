import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceRecord } from '../../model/entity.js';
import type { Head, Revision } from '../../model/revision.js';
import type { Connection, Run } from './connection.js';
import { leaseLost } from './failures.js';
import { readPointOfDraft } from './read-point.js';
import { readSources } from './sources.js';
import { integer } from './values.js';

/** How long, in milliseconds, a writer keeps the lease without renewing it, on the clock of the server. */
export const LEASE_MILLIS = 20_000;

/** Milliseconds between two attempts: random within a range, so that two waiting processes do not stay in step. */
const MIN_DELAY = 15;
const DELAY_RANGE = 50;

const FREE = `MATCH (l:TendrilLease {one: 1})
  WHERE l.owner IS NULL OR l.owner = $p.before OR l.expiresAt < timestamp() RETURN 1`;
// The first write waits for the lock of the node, so that the reads after it see its latest state.
const TAKE = `MATCH (l:TendrilLease {one: 1}) SET l.touched = timestamp()
  WITH l WHERE l.owner IS NULL OR l.owner IN [$p.token, $p.before] OR l.expiresAt < timestamp()
  SET l.owner = $p.token, l.fence = l.fence + 1, l.batch = 0, l.expiresAt = timestamp() + $p.lease
  WITH l MATCH (h:TendrilHead {one: 1})
  RETURN h.revision, h.at, h.lastNumber, h.lastSource, COUNT { MATCH (d:TendrilDraft) }`;
const RENEW = `MATCH (l:TendrilLease {one: 1}) SET l.touched = timestamp()
  WITH l WHERE l.owner = $p.token SET l.expiresAt = timestamp() + $p.lease RETURN 1`;
const HOLD = `MATCH (l:TendrilLease {one: 1}) SET l.touched = timestamp()
  WITH l, l.batch AS before WHERE l.owner = $p.token
  SET l.batch = $p.batch, l.expiresAt = timestamp() + $p.lease RETURN before`;
const PUBLISHED = `MATCH (l:TendrilLease {one: 1}) SET l.touched = timestamp()
  WITH l MATCH (:TendrilRevision {revision: $p.revision, writer: $p.token})
  MATCH (h:TendrilHead {one: 1}) WHERE h.revision >= $p.revision RETURN 1`;
const RELEASE = 'MATCH (l:TendrilLease {one: 1}) WHERE l.owner = $p.token REMOVE l.owner';

/** The state of the store at the beginning of a draft. */
export interface DraftStart {
  readonly base: Head;
  /** The highest numbers that the head has. */
  readonly lastNumber: number;
  readonly lastSource: number;
  /** Whether an earlier writer left something to clean up or to finish. */
  readonly hasLeftovers: boolean;
  /** The sources at the base. */
  readonly sources: readonly SourceRecord[];
}

/**
 * The right to write, which one draft over all processes has. Every batch checks it in its own transaction, so that a
 * writer that has lost it can change nothing more (fencing).
 */
export class WriteLease {
  /** The name of this writer, which no other writer has. */
  readonly token = randomUUID();
  private batch = 0;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly connection: Connection,
    private readonly before: string | null,
  ) {}

  /**
   * Waits for the lease; undefined where another writer still has it at the deadline.
   *
   * @param deadline the end of the waiting, on the clock of `performance.now()`
   * @param before the token of the last writer of this process, which has ended but may have failed to release the
   *   lease: this writer need not wait until it runs out
   */
  static async take(
    connection: Connection,
    deadline: number,
    before: string | null = null,
  ): Promise<[WriteLease, DraftStart] | undefined> {
    const lease = new WriteLease(connection, before);
    for (;;) {
      const start = await lease.tryToTake();
      if (start !== undefined) return [lease, start];
      do {
        const left = deadline - performance.now();
        if (left <= 0) return undefined;
        await sleep(Math.min(left, MIN_DELAY + Math.random() * DELAY_RANGE));
      } while ((await connection.read(FREE, { before })).length === 0);
    }
  }

  /**
   * Runs one batch of writes, in a transaction that holds the lease. The driver may repeat it after a lost answer; the
   * number of the batch tells whether the first attempt was committed. Then the result is undefined.
   *
   * @throws UNAVAILABLE when another writer has taken the lease.
   */
  async write<T>(work: (run: Run) => Promise<T>): Promise<T | undefined> {
    this.batch += 1;
    const batch = this.batch;
    return this.connection.write(async (run) => {
      const [row] = await run<[number]>(HOLD, { ...this.parameters, batch: integer(batch) });
      if (row === undefined) throw leaseLost(this.connection.place);
      return row[0] === batch ? undefined : work(run);
    });
  }

  /**
   * Whether this writer has made a revision the head. The transaction waits for the lock of the lease, and so for the end
   * of every transaction of this writer that is still under way.
   */
  published(revision: Revision): Promise<boolean> {
    return this.connection.write(async (run) => {
      const rows = await run(PUBLISHED, { token: this.token, revision: integer(revision) });
      return rows.length > 0;
    });
  }

  /** Releases the lease, in a transaction of its own. */
  async release(): Promise<void> {
    this.forget();
    await this.connection.write((run) => this.releaseWithin(run));
  }

  /** Releases the lease in the transaction of the last batch. */
  async releaseWithin(run: Run): Promise<void> {
    await run(RELEASE, this.parameters);
  }

  /** Stops renewing the lease, which then runs out. */
  forget(): void {
    clearInterval(this.timer);
  }

  private async tryToTake(): Promise<DraftStart | undefined> {
    const start = await this.connection.write(async (run) => {
      const [row] = await run<[number, number, number, number, number]>(TAKE, {
        ...this.parameters,
        before: this.before,
      });
      if (row === undefined) return undefined;
      const [revision, at, lastNumber, lastSource, drafts] = row;
      const sources = await readSources(run, readPointOfDraft(revision));
      return { base: { revision, at }, lastNumber, lastSource, hasLeftovers: drafts > 0, sources };
    });
    if (start !== undefined) this.keep();
    return start;
  }

  /** Renews the lease while the draft is open. A failure shows at the next batch. */
  private keep(): void {
    const renew = () => void this.connection.write((run) => run(RENEW, this.parameters)).catch(() => {});
    this.timer = setInterval(renew, LEASE_MILLIS / 4);
    this.timer.unref();
  }

  private get parameters() {
    return { token: this.token, lease: integer(LEASE_MILLIS) };
  }
}
