import { DatabaseSync, type DatabaseSyncInstance } from '@photostructure/sqlite';
import { Connection } from '../../src/store/embedded/connection.js';
import { NOTHING_SPENT, type Spent, spentOn, sum } from './timing.js';

/** Rows that are read, outside of the time, before they are inserted. */
const CHUNK = 20_000;

/** Settings of a connection that inserting depends on. */
const PRAGMAS = ['synchronous', 'cache_size', 'temp_store', 'journal_size_limit'];

type Value = string | number | null;

/**
 * What it takes to put the rows of a store into the same tables with the same indexes of a fresh
 * file, with the settings of the store, by one bare prepared insert a row, in one transaction, in the order of
 * each table's key. Reading the rows is not counted.
 */
export async function bareInserts(from: string, to: string): Promise<Spent> {
  const source = new DatabaseSync(from, { readOnly: true });
  const target = new DatabaseSync(to);
  try {
    target.exec('PRAGMA journal_mode = WAL');
    target.exec(pragmasOf(from));
    for (const [sql] of rows(source, SCHEMA)) target.exec(sql as string);
    target.exec('BEGIN IMMEDIATE');
    let spent = NOTHING_SPENT;
    for (const [table] of rows(source, TABLES))
      spent = sum(spent, await copyTable(source, target, table as string));
    return sum(spent, await spentOn(() => target.exec('COMMIT')));
  } finally {
    target.close();
    source.close();
  }
}

// What SQLite makes by itself, such as the index of a UNIQUE, has no text of its own.
const SCHEMA = `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type <> 'table', rowid`;
const TABLES = `SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY rowid`;

/** The settings that the store gives its connections, as it gives them. */
function pragmasOf(path: string): string {
  const connection = Connection.open(path, true);
  try {
    connection.tune();
    const value = (name: string) => connection.get<[number]>(`PRAGMA ${name}`)?.[0] ?? 0;
    return PRAGMAS.map((name) => `PRAGMA ${name} = ${value(name)}`).join('; ');
  } finally {
    connection.close();
  }
}

async function copyTable(
  source: DatabaseSyncInstance,
  target: DatabaseSyncInstance,
  table: string,
): Promise<Spent> {
  const columns = [...rows(source, `SELECT name FROM pragma_table_info('${table}')`)].flat();
  const insert = target.prepare(
    `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
  );
  let spent = NOTHING_SPENT;
  let chunk: Value[][] = [];
  const write = () => {
    for (const row of chunk) insert.run(...row);
  };
  for (const row of rows(source, `SELECT ${columns.join(', ')} FROM ${table}`)) {
    chunk.push(row);
    if (chunk.length < CHUNK) continue;
    spent = sum(spent, await spentOn(write));
    chunk = [];
  }
  return sum(spent, await spentOn(write));
}

function rows(db: DatabaseSyncInstance, sql: string): Iterable<Value[]> {
  const statement = db.prepare(sql);
  statement.setReturnArrays(true);
  return statement.iterate() as Iterable<Value[]>;
}
