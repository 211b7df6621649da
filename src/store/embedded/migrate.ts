import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../../model/errors.js';
import type { Connection } from './connection.js';
import { held } from './failures.js';
import { MIGRATIONS } from './migrations/index.js';
import { acquireWriteLock } from './write-lock.js';

/** How long, in milliseconds, to wait for another process that migrates the same file. */
const LOCK_TIMEOUT = 60_000;
/** Milliseconds between two attempts. */
const RETRY_DELAY = 20;

/** The version of a store's schema; 0 for an empty file, undefined for a database of something else. */
export function schemaVersion(connection: Connection): number | undefined {
  const tables = connection.all<[string]>(`SELECT name FROM sqlite_schema WHERE type = 'table'`).flat();
  if (tables.length === 0) return 0;
  if (!tables.includes('meta')) return undefined;
  return connection.get<[number]>(`SELECT value FROM meta WHERE key = 'schema'`)?.[0];
}

/**
 * Migrates a store to the newest schema that this program knows. The write lock makes sure that two processes that
 * start at once do it once. On a store of that schema it changes nothing.
 *
 * @throws UNAVAILABLE for a newer schema, or a database that is no Tendril store.
 */
export async function migrate(connection: Connection): Promise<void> {
  if (!connection.readOnly) await useLog(connection);
  if (judge(connection) === MIGRATIONS.length) return;
  if (connection.readOnly) {
    throw unavailable(
      `The store ${connection.place} has an older schema; open it once for writing, which updates it.`,
    );
  }
  if (!(await acquireWriteLock(connection, performance.now() + LOCK_TIMEOUT))) {
    throw held(connection.place);
  }
  try {
    const version = judge(connection);
    connection.exec('CREATE TABLE IF NOT EXISTS meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID');
    for (const change of MIGRATIONS.slice(version)) {
      if (typeof change === 'string') connection.exec(change);
      else change(connection);
    }
    connection.run(`INSERT OR REPLACE INTO meta (key, value) VALUES ('schema', ?)`, MIGRATIONS.length);
    connection.commit();
  } finally {
    connection.rollback();
  }
}

/** Switches the file to the write-ahead log, with which reads go on while a draft is written. The file keeps the mode. */
async function useLog(connection: Connection): Promise<void> {
  const deadline = performance.now() + LOCK_TIMEOUT;
  while (connection.place !== ':memory:' && !connection.tryWriteAheadLog()) {
    if (performance.now() > deadline) throw held(connection.place);
    await sleep(RETRY_DELAY);
  }
}

function judge(connection: Connection): number {
  const version = schemaVersion(connection);
  if (version === undefined) {
    throw unavailable(
      `The file ${connection.place} is not a Tendril store; name another path, or move the file away.`,
    );
  }
  if (version > MIGRATIONS.length) {
    throw unavailable(
      `The store ${connection.place} was written by a newer Tendril (schema ${version}, this one knows ` +
        `${MIGRATIONS.length}); start that version, or open another store.`,
    );
  }
  return version;
}
