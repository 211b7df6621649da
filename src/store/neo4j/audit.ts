import { type AuditEvent, type AuditFact, chain } from '../../model/audit.js';
import type { Head } from '../../model/revision.js';
import { formatTime } from '../../model/time.js';
import type { Connection, Run } from './connection.js';
import { whole } from './values.js';

/** The audit chain: one event a node, as the JSON it was hashed from. */

const AFTER = 'MATCH (a:TendrilAudit) WHERE a.seq > $p.after RETURN a.event ORDER BY a.seq LIMIT $p.limit';
const LAST = 'MATCH (a:TendrilAudit) WHERE a.seq > 0 RETURN a.event ORDER BY a.seq DESC LIMIT 1';
const ADD = 'UNWIND $p.rows AS row CREATE (a:TendrilAudit) SET a = row';

export async function readEvents(
  connection: Connection,
  after: number,
  limit: number,
): Promise<AuditEvent[]> {
  const rows = await connection.read<[string]>(AFTER, { after: whole(after), limit: whole(limit) });
  return rows.map(asEvent);
}

export async function lastEvent(connection: Connection): Promise<AuditEvent | null> {
  const [row] = await connection.read<[string]>(LAST);
  return row === undefined ? null : asEvent(row);
}

/** Appends facts, chained in the order given. */
export async function appendFacts(run: Run, facts: readonly AuditFact[], head: Head): Promise<void> {
  if (facts.length === 0) return;
  const [row] = await run<[string]>(LAST);
  const events = chain(facts, row === undefined ? null : asEvent(row), formatTime(head.at), head.revision);
  await run(ADD, {
    rows: events.map((event) => ({
      seq: whole(event.seq),
      revision: whole(event.revision),
      event: JSON.stringify(event),
    })),
  });
}

function asEvent([event]: [string]): AuditEvent {
  return JSON.parse(event) as AuditEvent;
}
