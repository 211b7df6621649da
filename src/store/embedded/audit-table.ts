import { type AuditEvent, type AuditFact, chain } from '../../model/audit.js';
import type { Head } from '../../model/revision.js';
import { formatTime } from '../../model/time.js';
import type { Connection } from './connection.js';

/** The audit chain: one event a row, as the JSON it was hashed from. */

const AFTER = 'SELECT event FROM audit WHERE seq > ? ORDER BY seq LIMIT ?';
const LAST = 'SELECT event FROM audit ORDER BY seq DESC LIMIT 1';
const ADD = 'INSERT INTO audit (seq, revision, event) VALUES (?, ?, ?)';

export function readEvents(connection: Connection, after: number, limit: number): AuditEvent[] {
  return connection.all<[string]>(AFTER, after, limit).map(asEvent);
}

export function lastEvent(connection: Connection): AuditEvent | null {
  const row = connection.get<[string]>(LAST);
  return row === undefined ? null : asEvent(row);
}

/** Appends facts, chained in the order given. */
export function appendFacts(connection: Connection, facts: readonly AuditFact[], head: Head): void {
  if (facts.length === 0) return;
  for (const event of chain(facts, lastEvent(connection), formatTime(head.at), head.revision)) {
    connection.run(ADD, event.seq, event.revision, JSON.stringify(event));
  }
}

function asEvent([event]: [string]): AuditEvent {
  return JSON.parse(event) as AuditEvent;
}
