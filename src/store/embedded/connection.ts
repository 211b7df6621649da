import { closeSync, mkdirSync, openSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type DatabaseSyncInstance, type StatementSyncInstance } from '@photostructure/sqlite';
import { TendrilError, unavailable } from '../../model/errors.js';
import { asTendrilError, closed, isBusy } from './failures.js';

/** The value of a column. */
export type Value = string | number | null;
export type Row = readonly Value[];
/** Values by the names that a statement gives its parameters, without the `$`. */
export type Named = Readonly<Record<string, Value>>;
/** One value for each `?` of a statement, or one object for a statement with names. */
type Values = readonly Value[] | readonly [Named];

interface Prepared {
  readonly statement: StatementSyncInstance;
  /** Names of its parameters, by number; empty where they have none. */
  readonly names: readonly string[];
}

/** How long a read waits, in milliseconds, for another process that repairs the log after a crash. */
const READ_TIMEOUT = 2000;
/** Memory for pages, in KiB; negative as SQLite wants it. A draft of a million rows fits. */
const PAGE_CACHE = -131_072;
/** The size to which the write-ahead log is truncated after a large commit, in bytes. */
const LOG_LIMIT = 64 * 1024 * 1024;

/** The one connection of a store: prepared statements by their text, rows as arrays, errors of the product. */
export class Connection {
  private readonly statements = new Map<string, Prepared>();

  private constructor(
    private readonly db: DatabaseSyncInstance,
    readonly place: string,
    readonly readOnly: boolean,
  ) {}

  /** @throws UNAVAILABLE where the file cannot be read or created. */
  static open(path: string, readOnly: boolean): Connection {
    try {
      if (path !== ':memory:') prepareFolder(path, readOnly);
      return new Connection(new DatabaseSync(path, { readOnly, timeout: READ_TIMEOUT }), path, readOnly);
    } catch (error) {
      throw asTendrilError(error, path);
    }
  }

  /** Sets the options of this connection. A commit is on the disk when it returns. */
  tune(): void {
    this.exec(`PRAGMA synchronous = FULL; PRAGMA cache_size = ${PAGE_CACHE}; PRAGMA temp_store = MEMORY`);
    this.exec(`PRAGMA journal_size_limit = ${LOG_LIMIT}`);
  }

  get isOpen(): boolean {
    return this.db.isOpen;
  }

  get inTransaction(): boolean {
    return this.db.isOpen && this.db.isTransaction;
  }

  exec(sql: string): void {
    this.guard(() => this.db.exec(sql));
  }

  /** The first row, as a tuple of its columns. */
  get<T extends Row>(sql: string, ...values: Values): T | undefined {
    return this.guard(() => {
      const { statement, names } = this.prepared(sql);
      return statement.get(...bound(names, values));
    }) as T | undefined;
  }

  /** All rows of a statement that has few. */
  all<T extends Row>(sql: string, ...values: Values): T[] {
    return this.guard(() => {
      const { statement, names } = this.prepared(sql);
      return statement.all(...bound(names, values));
    }) as T[];
  }

  /**
   * All rows of a statement that has many, of `columns` columns each. SQLite packs them into one JSON text, which is
   * parsed in half the time that the driver takes to return the values one by one.
   */
  allPacked<T extends Row>(columns: number, sql: string, ...values: Values): T[] {
    const names = Array.from({ length: columns }, (_, at) => `c${at}`).join(', ');
    const packed = `WITH rows (${names}) AS (${sql}) SELECT json_group_array(json_array(${names})) FROM rows`;
    return JSON.parse(this.get<[string]>(packed, ...values)?.[0] ?? '[]') as T[];
  }

  /** Runs a statement; gives the number of rows that changed. */
  run(sql: string, ...values: Values): number {
    return this.guard(() => {
      const { statement, names } = this.prepared(sql);
      return statement.run(...bound(names, values)).changes;
    });
  }

  /** Tries to become the one writer, without waiting; false where another process is the writer. */
  tryBegin(): boolean {
    return this.tryNow('BEGIN IMMEDIATE');
  }

  /** Tries to switch the file to the write-ahead log, without waiting; false where another process holds the file. */
  tryWriteAheadLog(): boolean {
    return this.tryNow('PRAGMA journal_mode = WAL');
  }

  commit(): void {
    this.exec('COMMIT');
  }

  /** Rolls back, unless SQLite did it by itself after an error. */
  rollback(): void {
    if (this.inTransaction) this.exec('ROLLBACK');
  }

  /**
   * Closes the file, after writing the log into it: SQLite does that by itself only when the last statement is
   * released, and the driver releases statements only when they are garbage-collected.
   */
  close(): void {
    if (!this.db.isOpen) return;
    this.statements.clear();
    try {
      if (!this.readOnly) this.tryNow('PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The next process that opens the store reads what is left in the log.
    }
    this.guard(() => this.db.close());
  }

  /** Prepares each text once. Callers build few texts, from constants. */
  private prepared(sql: string): Prepared {
    const known = this.statements.get(sql);
    if (known !== undefined) return known;
    const { text, names } = numbered(sql);
    const statement = this.db.prepare(text);
    statement.setReturnArrays(true);
    const prepared = { statement, names };
    this.statements.set(sql, prepared);
    return prepared;
  }

  private tryNow(sql: string): boolean {
    if (!this.db.isOpen) throw closed(this.place);
    try {
      this.db.exec('PRAGMA busy_timeout = 0');
      this.db.exec(sql);
      return true;
    } catch (error) {
      if (isBusy(error)) return false;
      throw asTendrilError(error, this.place);
    } finally {
      this.db.exec(`PRAGMA busy_timeout = ${READ_TIMEOUT}`);
    }
  }

  private guard<T>(work: () => T): T {
    try {
      return work();
    } catch (error) {
      throw asTendrilError(error, this.place);
    }
  }
}

/** Replaces names by numbers: the driver takes twenty times as long for a name as for a number. */
function numbered(sql: string): { text: string; names: string[] } {
  const names: string[] = [];
  const text = sql.replaceAll(/\$(\w+)/g, (_, name: string) => {
    if (!names.includes(name)) names.push(name);
    return `?${names.indexOf(name) + 1}`;
  });
  return { text, names };
}

function bound(names: readonly string[], values: Values): readonly Value[] {
  const [first] = values;
  if (typeof first !== 'object' || first === null) return values as readonly Value[];
  return names.map((name) => {
    const value = first[name];
    if (value === undefined) throw new TypeError(`A statement lacks a value for $${name}.`);
    return value;
  });
}

function prepareFolder(path: string, readOnly: boolean): void {
  try {
    const stat = statSync(path, { throwIfNoEntry: false });
    if (stat?.isDirectory()) {
      throw unavailable(
        `The store's path ${path} is a folder; name a file in it, for example ${path}/graph.db.`,
      );
    }
    if (stat !== undefined) return;
    if (readOnly) {
      throw unavailable(`There is no store at ${path}; name another path, or import into a new one.`);
    }
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    makePrivate(path);
  } catch (error) {
    if (error instanceof TendrilError) throw error;
    throw unavailable(
      `The folder of the store ${path} cannot be used; make it, or name another path.`,
      error,
    );
  }
}

/**
 * Creates the file so that only its owner can read it: it lists what is worth stealing. SQLite gives the files beside
 * it the same permissions. An existing file keeps its permissions.
 */
function makePrivate(path: string): void {
  try {
    closeSync(openSync(path, 'wx', 0o600));
  } catch {
    // Another process created it, or SQLite will report why it cannot be created.
  }
}
