import { isSound } from '../rows/audit-event.js';
import { NO_END } from '../rows/no-end.js';
import type { Diagnosis } from '../store.js';
import { lastEvent, readEvents } from './audit.js';
import type { Connection } from './connection.js';
import { readHead } from './revisions.js';
import { schemaVersion } from './schema.js';

/** Looks for problems of a store. A read that fails is a problem too, and the other reads go on. */

const ENTITIES = `MATCH (v:TendrilVersion) WHERE v.toRevision = ${NO_END} RETURN count(v)`;
const RELATIONSHIPS = `CALL { MATCH (:Entity)-[r]->(:Entity) WHERE r.toRevision IS NULL RETURN count(r) AS n
    UNION ALL MATCH ()-[r:TENDRIL_WAS]->() WHERE r.toRevision IS NULL RETURN count(r) AS n }
  RETURN sum(n)`;
const NUMBERS = 'MATCH (e:Entity) WHERE e.number > 0 RETURN count(e), max(e.number)';
const FOREIGN = 'MATCH (e:Entity) WHERE e.number IS NULL RETURN count(e)';
const BROKEN = `SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'tendril' AND state <> 'ONLINE'
  RETURN collect(name)`;

export async function diagnose(connection: Connection): Promise<Diagnosis> {
  const problems: string[] = [];
  const ask = async <T>(otherwise: T, question: () => Promise<T>): Promise<T> => {
    try {
      return await question();
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      if (!problems.includes(sentence)) problems.push(sentence);
      return otherwise;
    }
  };
  for (const check of [foreignNodes, dictionary, indexes, auditHead]) {
    const problem = await ask(undefined, () => check(connection));
    if (problem !== undefined) problems.push(problem);
  }
  const count = (cypher: string) =>
    ask(0, async () => (await connection.read<[number]>(cypher))[0]?.[0] ?? 0);
  return {
    store: connection.place,
    schemaVersion: await ask(0, () => schemaVersion(connection)),
    head: await ask({ revision: 0, at: 0 }, () => readHead(connection)),
    entities: await count(ENTITIES),
    relationships: await count(RELATIONSHIPS),
    problems,
  };
}

async function foreignNodes(connection: Connection): Promise<string | undefined> {
  const [row] = await connection.read<[number]>(FOREIGN);
  const count = row?.[0] ?? 0;
  if (count === 0) return undefined;
  return (
    `Another program has put ${count} ${count === 1 ? 'node' : 'nodes'} with the label Entity into this database; ` +
    `take ${count === 1 ? 'it' : 'them'} out, or give ` +
    'that program a database of its own.'
  );
}

async function dictionary(connection: Connection): Promise<string | undefined> {
  const [row] = await connection.read<[number, number | null]>(NUMBERS);
  const [ids, last] = row ?? [0, null];
  if (ids === (last ?? 0)) return undefined;
  return `The dictionary of ids has gaps (${ids} ids up to number ${last}); restore the database from a backup.`;
}

async function indexes(connection: Connection): Promise<string | undefined> {
  const [row] = await connection.read<[string[]]>(BROKEN);
  if ((row?.[0].length ?? 0) === 0) return undefined;
  return `Indexes of the store are not ready (${row?.[0].join(', ')}); wait, or drop them and start Tendril again.`;
}

/** Checks the end of the chain only: `audit verify` checks all of it. */
async function auditHead(connection: Connection): Promise<string | undefined> {
  const last = await lastEvent(connection);
  if (last === null) return undefined;
  const [previous] =
    last.seq === 1 ? [undefined] : await readEvents(connection, { after: last.seq - 2, limit: 1 });
  if (isSound(last, previous, (await readHead(connection)).revision)) return undefined;
  return `The audit chain does not hold at event ${last.seq}; run \`audit verify\` and keep a backup as evidence.`;
}
