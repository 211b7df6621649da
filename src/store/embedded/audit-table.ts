import { type AuditEvent, type AuditFact, chain } from '../../model/audit.js';
import type { Head } from '../../model/revision.js';
import { formatTime } from '../../model/time.js';
import type { AuditQuery } from '../journal.js';
import { checkPage } from '../page.js';
import { asEvent } from '../rows/audit-event.js';
import type { Connection, Value } from './connection.js';

/** The audit chain: one event a row, as the JSON it was hashed from. */

const LAST = 'SELECT event FROM audit ORDER BY seq DESC LIMIT 1';
const ADD = 'INSERT INTO audit (seq, revision, event) VALUES (?, ?, ?)';

/** The condition of each part of a query. A bound of time that no event lies within becomes null. */
const CONDITIONS = {
  after: 'seq > $after',
  before: 'seq < $before',
  case: `case_id = $case ->> '$'`,
  entity: `entity_id = $entity ->> '$'`,
  types: 'type IN (SELECT value FROM json_each($types))',
  subject: `subject = $subject ->> '$'`,
  since: `seq >= (SELECT seq FROM audit WHERE revision >=
    (SELECT rev FROM revision WHERE at >= $since ORDER BY at, rev LIMIT 1) ORDER BY revision, seq LIMIT 1)`,
  until: `seq <= (SELECT seq FROM audit WHERE revision <=
    (SELECT rev FROM revision WHERE at <= $until ORDER BY at DESC, rev DESC LIMIT 1)
    ORDER BY revision DESC, seq DESC LIMIT 1)`,
} as const satisfies Partial<Record<keyof AuditQuery, string>>;

/** @throws BAD_INPUT for a limit that no page has. */
export function readEvents(connection: Connection, query: AuditQuery): AuditEvent[] {
  checkPage({ limit: query.limit });
  const values: Record<string, Value> = { limit: query.limit };
  const conditions = ['true'];
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = query[name as keyof typeof CONDITIONS];
    if (value === undefined) continue;
    // The driver cuts text at U+0000; JSON escapes it.
    values[name] = typeof value === 'number' ? value : JSON.stringify(value);
    conditions.push(condition);
  }
  const sql = `SELECT event FROM audit WHERE ${conditions.join(' AND ')}
    ORDER BY seq ${query.descending === true ? 'DESC' : 'ASC'} LIMIT $limit`;
  return connection.all<[string]>(sql, values).map(asEvent);
}

export function lastEvent(connection: Connection): AuditEvent | null {
  const row = connection.get<[string]>(LAST);
  return row === undefined ? null : asEvent(row);
}

/** Appends facts, chained in the order of the list. */
export function appendFacts(connection: Connection, facts: readonly AuditFact[], head: Head): void {
  if (facts.length === 0) return;
  for (const event of chain(facts, lastEvent(connection), formatTime(head.at), head.revision)) {
    connection.run(ADD, event.seq, event.revision, JSON.stringify(event));
  }
}
