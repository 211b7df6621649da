import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { SourceRecord } from '../../model/entity.js';
import type { Head, Revision } from '../../model/revision.js';
import type { Connection, Run } from './connection.js';
import { leaseLost } from './failures.js';
import { readPointOfDraft } from './read-point.js';
import { readSources } from './sources.js';
import { whole } from './values.js';

/** How long, in milliseconds, a writer that is not heard of keeps its place. Its clock is the server's. */
export const LEASE_MILLIS = 20_000;

/** Milliseconds between two tries; some spread, so that two waiting processes do not keep step. */
const STEP = 15;
const SPREAD = 50;

const FREE = `MATCH (l:TendrilLease {one: 1})
  WHERE l.owner IS NULL OR l.owner = $p.before OR l.expiresAt < timestamp() RETURN 1`;
// Writing to the node first waits for whoever else does: what is read after that is no older.
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

/** What a writer finds as it begins. */
export interface DraftStart {
  readonly base: Head;
  /** The highest numbers given by commits. */
  readonly lastNumber: number;
  readonly lastSource: number;
  /** Whether an earlier writer left something to clean up or to finish. */
  readonly hasLeftovers: boolean;
  /** As they stand at the base. */
  readonly sources: readonly SourceRecord[];
}

/**
 * The right to write, which one draft over all processes has. Every batch asks for it in its own transaction,
 * so a writer that lost it can change nothing any more.
 */
export class WriteLease {
  /** What tells this writer from every other. */
  readonly token = randomUUID();
  private batch = 0;
  private timer: NodeJS.Timeout | undefined;

  private constructor(
    private readonly connection: Connection,
    private readonly before: string | null,
  ) {}

  /**
   * Waits for the right until `deadline` (of `performance.now()`); undefined: somebody else has it still.
   *
   * @param before the token of a writer whose turn this process knows to be over: it may not have been able to
   *   give the right away, and need not be waited for until that runs out
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
        await sleep(Math.min(left, STEP + Math.random() * SPREAD));
      } while ((await connection.read(FREE, { before })).length === 0);
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
   * Whether a revision is of this writer and was the head. Asked after writing to the lease, and so after the end of
   * whatever transaction of this writer was still under way.
   */
  published(revision: Revision): Promise<boolean> {
    return this.connection.write(async (run) => {
      const rows = await run(PUBLISHED, { token: this.token, revision: whole(revision) });
      return rows.length > 0;
    });
  }

  /** Gives the right away, in a transaction of its own or in that of the last batch. */
  async release(): Promise<void> {
    this.forget();
    await this.connection.write((run) => this.releaseWithin(run));
  }

  async releaseWithin(run: Run): Promise<void> {
    await run(RELEASE, this.parameters);
  }

  /** Lets the right run out by itself. */
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

  /** Renews the right while its holder does something else. A failure shows at the next batch. */
  private keep(): void {
    const renew = () => void this.connection.write((run) => run(RENEW, this.parameters)).catch(() => {});
    this.timer = setInterval(renew, LEASE_MILLIS / 4);
    this.timer.unref();
  }

  private get parameters() {
    return { token: this.token, lease: whole(LEASE_MILLIS) };
  }
}
