import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import neo4j, { type Driver, type ManagedTransaction, type Record as Tuple } from 'neo4j-driver';
import { unavailable } from '../../model/errors.js';
import { asTendrilError, closed, silent } from './failures.js';
import { inTime } from './in-time.js';

/** Where a Neo4j store is and how to sign in. */
export interface Neo4jOptions {
  /** `bolt://…` for one server, `neo4j://…` for a cluster; `+s` with a certificate, `+ssc` with a self-signed one. */
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  /** Left out: the home database of the user. */
  readonly database?: string;
  /** How long, in milliseconds, one transaction may take until its server counts as unreachable. */
  readonly answerMillis?: number;
  /** How long, in milliseconds, the driver repeats a transaction that failed for a reason that passes. */
  readonly retryMillis?: number;
}

export type Parameters = Readonly<Record<string, unknown>>;

/**
 * A Cypher statement and its parameters, which it names `$p.name`. The parameters are one map, because the server plans a
 * statement anew for every size of a text or list among its parameters, but not for those within a map.
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

/** How long, in milliseconds, to wait for a connection to the server, for a free one, and for a successful attempt. */
const CONNECT = 5000;
const ACQUIRE = 15_000;
const RETRY = 5000;
/** How long a transaction may take. The server ends it after the same time. */
const ANSWER = 30_000;
/** How long a change of the schema may take, with the filling of indexes. */
const ALONE = 180_000;
/** How often a change of the schema is tried, and the most milliseconds between two attempts. */
const ATTEMPTS = 20;
const BETWEEN_ATTEMPTS = 300;
/** A connection that was idle for so long is checked before it is used: a firewall may have dropped it. */
const IDLE = 30_000;
/** How long closing the connections may take. */
const CLOSE = 5000;

/** Sends a statement within a transaction. */
type Sending = (cypher: string, parameters: Parameters) => PromiseLike<{ readonly records: Tuple[] }>;

/**
 * The driver, with the rules for every use of it: bookmarks, so that this process reads its own writes on every member of
 * a cluster; reads routed to readers; retries; errors of the product.
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
    // Every call under way listens to this signal.
    setMaxListeners(0, this.ending.signal);
  }

  /** @throws UNAVAILABLE where the server cannot be reached, is too old, or refuses the user. */
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

  /** {@link read}, as a {@link Run}. */
  readonly run: Run = (cypher, parameters) => this.read(cypher, parameters);

  /**
   * Runs one statement that reads. It runs without a transaction, which takes one round trip and not two. Where that
   * fails for a reason that passes, it runs again in a transaction, which the driver repeats.
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

  /** Runs several statements that read, sent together in one transaction. */
  readAll<R extends Row>(...statements: readonly CypherStatement[]): Promise<R[][]> {
    return this.transaction('READ', (send) =>
      Promise.all(
        statements.map(async ([cypher, parameters = {}]) => rowsOf<R>(await send(cypher, parameters))),
      ),
    );
  }

  /** Runs one transaction that writes. The driver may repeat it, so the work must be safe to repeat. */
  write<T>(work: (run: Run) => Promise<T>): Promise<T> {
    return this.transaction('WRITE', (send) =>
      work(async <R extends Row>(cypher: string, parameters: Parameters = {}) =>
        rowsOf<R>(await send(cypher, parameters)),
      ),
    );
  }

  /**
   * Runs a statement that may not be in a transaction with others, such as a change of the schema. It must be safe to
   * repeat: two processes that run it at once may conflict, and then try again.
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

  /** Ends every call under way, and every later one, with UNAVAILABLE. */
  async close(): Promise<void> {
    this.open = false;
    this.ending.abort(closed(this.place));
    // A server that does not answer must not keep the store from closing.
    await inTime(
      CLOSE,
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
        // A caller that stopped waiting was told of a failure, so the transaction is not committed after that.
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

/** The address of a cluster may name a routing policy after a question mark; that of a single server may not. */
const isRouting = ({ protocol }: URL): boolean => protocol.startsWith('neo4j');

/** @throws UNAVAILABLE for a text that is no address of a Neo4j server */
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
