import { isSound } from '../rows/audit-event.js';
import { NO_END } from '../rows/no-end.js';
import type { Diagnosis } from '../store.js';
import { lastEvent, readEvents } from './audit-table.js';
import type { Connection } from './connection.js';
import { schemaVersion } from './migrate.js';
import { readHead } from './revisions.js';

const COUNT = (table: string) => `SELECT count(*) FROM ${table} WHERE to_rev = ${NO_END}`;

/** Looks for problems of a store. A read that fails is a problem too, and the other reads go on. */
export function diagnose(connection: Connection): Diagnosis {
  const problems: string[] = [];
  const ask = <T>(otherwise: T, question: () => T): T => {
    try {
      return question();
    } catch (error) {
      const sentence = error instanceof Error ? error.message : String(error);
      if (!problems.includes(sentence)) problems.push(sentence);
      return otherwise;
    }
  };
  const count = (sql: string) => ask(0, () => connection.get<[number]>(sql)?.[0] ?? 0);
  const check = (problem: string | undefined) => problem !== undefined && problems.push(problem);
  ask(undefined, () => check(integrity(connection)));
  ask(undefined, () => check(journal(connection)));
  ask(undefined, () => check(dictionary(connection)));
  ask(undefined, () => check(auditHead(connection)));
  return {
    store: `sqlite:${connection.place}`,
    schemaVersion: ask(0, () => schemaVersion(connection) ?? 0),
    head: ask({ revision: 0, at: 0 }, () => readHead(connection)),
    entities: count(COUNT('entity')),
    relationships: count(COUNT('relationship')),
    problems,
  };
}

function integrity(connection: Connection): string | undefined {
  const found = connection.get<[string]>('PRAGMA quick_check(1)')?.[0];
  if (found === 'ok') return undefined;
  return `The store is damaged (${found?.replaceAll(/\s+/g, ' ')}); put back a copy of the file, or import the sources into a new one.`;
}

function journal(connection: Connection): string | undefined {
  const mode = connection.get<[string]>('PRAGMA journal_mode')?.[0];
  if (mode === 'wal' || connection.place === ':memory:') return undefined;
  return `The store is not in write-ahead mode (${mode}), so readers wait for writers; open it once for writing.`;
}

function dictionary(connection: Connection): string | undefined {
  const [ids, last] = connection.get<[number, number | null]>('SELECT count(*), max(n) FROM node') as [
    number,
    number,
  ];
  if (ids === (last ?? 0)) return undefined;
  return `The dictionary of ids has gaps (${ids} ids up to number ${last}); put back a copy of the file.`;
}

/** Checks the end of the chain only: `audit verify` checks all of it. */
function auditHead(connection: Connection): string | undefined {
  const last = lastEvent(connection);
  if (last === null) return undefined;
  const [previous] = last.seq === 1 ? [undefined] : readEvents(connection, { after: last.seq - 2, limit: 1 });
  if (isSound(last, previous, readHead(connection).revision)) return undefined;
  return `The audit chain does not hold at event ${last.seq}; run \`audit verify\` and keep the file as evidence.`;
}
