import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { unavailable } from '../../model/errors.js';
import { KINDS } from '../../model/kinds.js';
import { markEvents } from './audit.js';
import type { Connection } from './connection.js';
import { type Migration, readMigrations } from './migrations.js';
import { renewEmailKeys } from './renew-email-keys.js';
import { integer } from './values.js';

/** How long, in milliseconds, a change of the schema may take, and another process waits for it. */
const LOCK_TIMEOUT = 120_000;
/** Milliseconds between two attempts. */
const RETRY_DELAY = 100;

/** The node with the version of the schema needs this constraint, so that there is only one. */
const FIRST = `CREATE CONSTRAINT tendril_schema IF NOT EXISTS FOR (s:TendrilSchema) REQUIRE s.one IS UNIQUE`;
const VERSION = 'MATCH (s:TendrilSchema {one: 1}) RETURN s.version';
/** Waits for the indexes, at most this many seconds. */
const AWAIT = 'CALL db.awaitIndexes(120)';
const FOREIGN = `CALL { ${['Entity', ...KINDS].map((label) => `MATCH (n:${label}) RETURN n LIMIT 1`).join(' UNION ')} }
  RETURN labels(n)[0] LIMIT 1`;
const START = `MERGE (h:TendrilHead {one: 1}) ON CREATE SET h.revision = 0, h.at = 0, h.lastNumber = 0, h.lastSource = 0
  MERGE (l:TendrilLease {one: 1}) ON CREATE SET l.fence = 0, l.batch = 0, l.expiresAt = 0`;

/** The version of the store's schema; 0 for a database that is not a store yet. */
export async function schemaVersion(connection: Connection): Promise<number> {
  const [row] = await connection.read<[number | null]>(VERSION);
  return row?.[0] ?? 0;
}

/**
 * Migrates a database to the newest schema that this program knows. A lock makes sure that two processes that start at
 * once do it once. On a store of that schema it changes nothing.
 *
 * @throws UNAVAILABLE for a newer schema, or a database with nodes of another program.
 */
export async function migrate(
  connection: Connection,
  migrations: readonly Migration[] = readMigrations(),
): Promise<void> {
  const newest = migrations.length;
  const version = await schemaVersion(connection);
  if (version > newest) throw newer(connection.place, version, newest);
  await refuseForeign(connection);
  if (version < newest) await underLock(connection, () => apply(connection, migrations));
  await connection.write((run) => run(START));
}

async function apply(connection: Connection, migrations: readonly Migration[]): Promise<void> {
  const version = await schemaVersion(connection);
  for (const { statements } of migrations.slice(version)) {
    for (const statement of statements) await connection.alone(statement);
  }
  await connection.alone(AWAIT);
  await markEvents(connection);
  await renewEmailKeys(connection);
  await connection.write((run) =>
    run('MATCH (s:TendrilSchema {one: 1}) SET s.version = $p.version', {
      version: integer(migrations.length),
    }),
  );
}

/** Neo4j does not change the schema and write data in one transaction, so the lock is a node. */
async function underLock(connection: Connection, work: () => Promise<void>): Promise<void> {
  await connection.alone(FIRST);
  const token = randomUUID();
  const deadline = performance.now() + LOCK_TIMEOUT;
  while (!(await lock(connection, token))) {
    if (performance.now() > deadline) {
      throw unavailable(
        `Another process has been changing the schema of ${connection.place} for too long; try again later.`,
      );
    }
    await sleep(RETRY_DELAY);
  }
  try {
    await work();
  } finally {
    await connection.write((run) =>
      run('MATCH (s:TendrilSchema {one: 1}) WHERE s.owner = $p.token REMOVE s.owner', { token }),
    );
  }
}

/** Tries to take the lock. The first write waits for the lock of the node, so that its latest state is read. */
async function lock(connection: Connection, token: string): Promise<boolean> {
  const taken = await connection.write((run) =>
    run(
      `MERGE (s:TendrilSchema {one: 1}) SET s.touched = timestamp()
       WITH s WHERE s.owner IS NULL OR s.owner = $p.token OR s.expiresAt < timestamp()
       SET s.owner = $p.token, s.expiresAt = timestamp() + $p.timeout RETURN 1`,
      { token, timeout: integer(LOCK_TIMEOUT) },
    ),
  );
  return taken.length > 0;
}

async function refuseForeign(connection: Connection): Promise<void> {
  const [ours] = await connection.read('MATCH (h:TendrilHead {one: 1}) RETURN 1');
  if (ours !== undefined) return;
  const [row] = await connection.read<[string]>(FOREIGN);
  if (row === undefined) return;
  throw unavailable(
    `The database of ${connection.place} has nodes of another program (${row[0]}); set TENDRIL_NEO4J_DATABASE ` +
      'or TENDRIL_STORE to an empty one.',
  );
}

function newer(place: string, version: number, newest: number): Error {
  return unavailable(
    `The store ${place} was written by a newer Tendril (schema ${version}, this one knows ${newest}); start ` +
      'that version, or set TENDRIL_STORE to another store.',
  );
}
