import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, type ManagedTransaction, type Record as Tuple } from 'neo4j-driver';
import { unavailable } from '../../model/errors.js';
import { asTendrilError, closed, silent } from './failures.js';
import { inTime } from './in-time.js';

/** Where a Neo4j store is and how to sign in. */
export interface Neo4jOptions {
  /** `bolt://…` for one server, `neo4j://…` for a cluster; `+s` with a certificate, `+ssc` with one nobody signed. */
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Left out: the user's home database. */
  readonly database?: string;
  /** How long, in milliseconds, one transaction may take until its server counts as unreachable. */
  readonly answerMillis?: number;
  /** How long, in milliseconds, the driver repeats a transaction that failed for a reason that passes. */
  readonly retryMillis?: number;
}

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * A Cypher statement and its parameters, which it knows as `$p.name`. They go in one map, because the server plans
 * a statement anew for every size of text and list among its parameters, and does not look into maps.
 */
export type CypherStatement = readonly [cypher: string, parameters?: Parameters];

/** The columns of a record, in the order of RETURN. */
export type Row = readonly unknown[];

/** Runs statements within one transaction. */
export type Run = <R extends Row>(cypher: string, parameters?: Parameters) => Promise<R[]>;

const SCHEMES = ['bolt:', 'bolt+s:', 'bolt+ssc:', 'neo4j:', 'neo4j+s:', 'neo4j+ssc:'];
const OLDEST = 5;
/** Where every server keeps its users and databases; it takes no graph. */
const SYSTEM = 'system';

/** How long, in milliseconds, before a server counts as not there, and a transaction as not to be had. */
const CONNECT = 5000;
const ACQUIRE = 15_000;
const RETRY = 5000;
/** Also the time after which the server itself ends a transaction that nobody waits for. */
const ANSWER = 30_000;
/** Changes of the schema, and indexes that have to be filled, take their time. */
const ALONE = 180_000;
/** How often they are tried, and how many milliseconds pass between two tries, at most. */
const ATTEMPTS = 20;
const BETWEEN_ATTEMPTS = 300;
/** A connection that was idle for so long is tried before it is used: what lies between may have forgotten it. */
const IDLE = 30_000;
/** How long a server is given to hear that it is left. */
const GOODBYE = 5000;

/** Sends a statement within a transaction. */
type Sending = (cypher: string, parameters: Parameters) => PromiseLike<{ readonly records: Tuple[] }>;

/**
 * The driver, and what all use of it has in common: bookmarks, so that what this process wrote it also reads,
 * on whatever member of a cluster; reads routed to readers; retries; errors as the product says them.
 */
export class Connection {
  private open = true;
  private readonly ending = new AbortController();

  private constructor(
    /** Scheme and address, without credentials. */
    readonly place: string,
    private readonly driver: Driver,
    private readonly database: string | undefined,
    private readonly answerMillis: number,
  ) {
    // Everything that is under way hears of it.
    setMaxListeners(0, this.ending.signal);
  }

  /** @throws UNAVAILABLE when the server is not there, too old, or does not let this user in. */
  static async open(options: Neo4jOptions): Promise<Connection> {
    const { uri, user, password, database, answerMillis = ANSWER, retryMillis = RETRY } = options;
    const place = placeOf(uri);
    if (database?.toLowerCase() === SYSTEM) {
      throw unavailable(
        `The database ${SYSTEM} of the Neo4j store ${place} is for its own use and keeps no graph; set ` +
          'TENDRIL_NEO4J_DATABASE to another one, or leave it out for the one it opens by itself.',
      );
    }
    const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
      disableLosslessIntegers: true,
      connectionTimeout: CONNECT,
      connectionAcquisitionTimeout: ACQUIRE,
      maxTransactionRetryTime: retryMillis,
      connectionLivenessCheckTimeout: IDLE,
      userAgent: 'tendril',
    });
    const connection = new Connection(place, driver, database, answerMillis);
    try {
      await connection.checkVersion();
      return connection;
    } catch (error) {
      await connection.close();
      throw error;
    }
  }

  get isOpen(): boolean {
    return this.open;
  }

  /** {@link read}, for what also runs within a transaction. */
  readonly run: Run = (cypher, parameters) => this.read(cypher, parameters);

  /**
   * One statement that reads. It goes by itself, which takes one round trip where a transaction takes two; where that
   * fails for a reason that passes, again in a transaction, which the driver repeats.
   */
  read<R extends Row>(cypher: string, parameters: Parameters = {}): Promise<R[]> {
    return this.guarded(async (wanted) => {
      const session = this.session('READ');
      try {
        return rowsOf<R>(await session.run(cypher, { p: parameters }, { timeout: this.answerMillis }));
      } catch (error) {
        if (!(error instanceof Error && neo4j.isRetryableError(error))) throw error;
      } finally {
        await session.close();
      }
      wanted();
      return rowsOf<R>(await this.readAgain(cypher, parameters));
    });
  }

  /** Several statements that read, sent together in one transaction. */
  readAll<R extends Row>(...statements: readonly CypherStatement[]): Promise<R[][]> {
    return this.transaction('READ', (send) =>
      Promise.all(
        statements.map(async ([cypher, parameters = {}]) => rowsOf<R>(await send(cypher, parameters))),
      ),
    );
  }

  /** One transaction that writes. It may be run more than once: the work has to see what it did already. */
  write<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.transaction('WRITE', (send) =>
      work(async <R extends Row>(cypher: string, parameters: Parameters = {}) =>
        rowsOf<R>(await send(cypher, parameters)),
      ),
    );
  }

  /**
   * A statement that has to stand alone, such as one that changes the schema. Done again, it has to change nothing:
   * two that come at once may be in each other's way, and are then repeated.
   */
  async alone(cypher: string): Promise<void> {
    await this.guarded(async (wanted) => {
      for (let left = ATTEMPTS; left > 0; left -= 1) {
        wanted();
        const session = this.session('WRITE');
        try {
          await session.run(cypher);
          return;
        } catch (error) {
          if (left === 1 || !(error instanceof Error && neo4j.isRetryableError(error))) throw error;
        } finally {
          await session.close();
        }
        await sleep(Math.random() * BETWEEN_ATTEMPTS);
      }
    }, ALONE);
  }

  /** What is under way ends with UNAVAILABLE; so does all that is asked after it. */
  async close(): Promise<void> {
    this.open = false;
    this.ending.abort(closed(this.place));
    // A server that hears nothing any more keeps nobody from closing.
    await inTime(
      GOODBYE,
      () => this.driver.close(),
      () => silent(this.place),
    ).catch(() => {});
  }

  private transaction<T>(mode: 'READ' | 'WRITE', work: (transaction: Sending) => Promise<T>): Promise<T> {
    return this.guarded(async (wanted) => {
      const session = this.session(mode);
      const sending = async (transaction: ManagedTransaction): Promise<T> => {
        const result = await work((cypher, parameters) => {
          wanted();
          return transaction.run(cypher, { p: parameters });
        });
        // Whoever gave up was told that it failed: it is not committed after that.
        wanted();
        return result;
      };
      const config = { timeout: this.answerMillis };
      try {
        return await (mode === 'READ'
          ? session.executeRead(sending, config)
          : session.executeWrite(sending, config));
      } finally {
        await session.close();
      }
    });
  }

  private readAgain(cypher: string, parameters: Parameters) {
    return this.driver.executeQuery(
      cypher,
      { p: parameters },
      {
        routing: neo4j.routing.READ,
        transactionConfig: { timeout: this.answerMillis },
        ...(this.database === undefined ? {} : { database: this.database }),
      },
    );
  }

  private session(mode: 'READ' | 'WRITE') {
    return this.driver.session({
      defaultAccessMode: mode === 'READ' ? neo4j.session.READ : neo4j.session.WRITE,
      bookmarkManager: this.driver.executeQueryBookmarkManager,
      ...(this.database === undefined ? {} : { database: this.database }),
    });
  }

  private async guarded<T>(work: (wanted: () => void) => Promise<T>, millis = this.answerMillis): Promise<T> {
    if (!this.open) throw closed(this.place);
    try {
      return await inTime(millis, work, () => silent(this.place), this.ending.signal);
    } catch (error) {
      throw this.open ? asTendrilError(error, this.place) : closed(this.place, error);
    }
  }

  private async checkVersion(): Promise<void> {
    const { agent } = await this.guarded(() =>
      this.driver.getServerInfo(this.database === undefined ? {} : { database: this.database }),
    );
    const major = Number(/\/(\d+)/.exec(agent ?? '')?.[1]);
    if (major >= OLDEST) return;
    throw unavailable(
      `The Neo4j server ${this.place} is too old (${agent ?? 'unknown'}); set TENDRIL_STORE to one of version ` +
        `${OLDEST} or later.`,
    );
  }
}

function rowsOf<R extends Row>({ records }: { readonly records: readonly Tuple[] }): R[] {
  return records.map((record) => [...record.values()] as unknown as R);
}

/** A cluster may be told which of its routing policies to use, after a question mark; one server knows of none. */
const isRouting = ({ protocol }: URL): boolean => protocol.startsWith('neo4j');

/** @throws UNAVAILABLE for what is no address of a Neo4j server. */
function placeOf(uri: string): string {
  const url = URL.canParse(uri) ? new URL(uri) : undefined;
  if (url === undefined || !SCHEMES.includes(url.protocol) || url.hostname === '') {
    throw unavailable(
      'The address of the Neo4j store is none that Neo4j has; set TENDRIL_STORE to one like neo4j://host:7687.',
    );
  }
  if (url.username !== '' || url.password !== '') {
    throw unavailable(
      'The address of the Neo4j store has credentials in it; take them out of TENDRIL_STORE and set ' +
        'TENDRIL_NEO4J_USER and TENDRIL_NEO4J_PASSWORD.',
    );
  }
  if (!['', '/'].includes(url.pathname) || url.hash !== '' || (url.search !== '' && !isRouting(url))) {
    throw unavailable(
      'The address of the Neo4j store has more than a host and a port; take the rest out of TENDRIL_STORE, and ' +
        'name a database in TENDRIL_NEO4J_DATABASE.',
    );
  }
  return `${url.protocol}//${url.host}`;
}
