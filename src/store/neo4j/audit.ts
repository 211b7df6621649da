import { type AuditEvent, type AuditFact, chain } from '../../model/audit.js';
import type { Head, Revision } from '../../model/revision.js';
import { formatTime } from '../../model/time.js';
import type { AuditQuery } from '../journal.js';
import { checkPage } from '../page.js';
import { asEvent } from '../rows/audit-event.js';
import type { Connection, Parameters, Run } from './connection.js';
import { headAt } from './revisions.js';
import { integer } from './values.js';

/** The audit chain: one node for each event, with the JSON that was hashed and the properties that queries use. */

// A reader may find nodes of a commit before its head has moved.
const SEEN = `MATCH (head:TendrilHead {one: 1}) MATCH (a:TendrilAudit)`;
const COMMITTED = 'a.revision <= head.revision';
const LAST = `${SEEN} USING INDEX a:TendrilAudit(seq) WHERE a.seq > 0 AND ${COMMITTED}
  RETURN a.event ORDER BY a.seq DESC LIMIT 1`;
const FIRST_SINCE = `MATCH (r:TendrilRevision) WHERE r.at >= $p.since
  RETURN r.revision ORDER BY r.at, r.revision LIMIT 1`;
const ADD = 'UNWIND $p.rows AS row CREATE (a:TendrilAudit) SET a = row';
const REMOVE = 'MATCH (a:TendrilAudit) WHERE a.seq > $p.last AND a.revision > $p.head DELETE a';
const UNMARKED = 'MATCH (a:TendrilAudit) WHERE a.type IS NULL RETURN a.event ORDER BY a.seq LIMIT 2000';
const MARK = 'UNWIND $p.rows AS row MATCH (a:TendrilAudit {seq: row.seq}) SET a += row';

/** The condition of each part of a query, in which revisions have replaced times. */
const CONDITIONS: Readonly<Record<string, string>> = {
  before: 'a.seq < $p.before',
  case: 'a.caseId = $p.case',
  entity: 'a.entityId = $p.entity',
  types: 'a.type IN $p.types',
  subject: 'a.subject = $p.subject',
  first: 'a.revision >= $p.first',
  last: 'a.revision <= $p.last',
};

/** @throws BAD_INPUT for a limit that no page has. */
export async function readEvents(connection: Connection, query: AuditQuery): Promise<AuditEvent[]> {
  checkPage({ limit: query.limit });
  const asked = await parametersOf(connection, query);
  if (asked === undefined) return [];
  const conditions = Object.keys(asked).flatMap((name) => CONDITIONS[name] ?? []);
  const rows = await connection.read<[string]>(
    `${SEEN} USING INDEX a:TendrilAudit(${indexOf(query)})
     WHERE ${['a.seq > $p.after', COMMITTED, ...conditions].join(' AND ')}
     RETURN a.event ORDER BY a.seq ${query.descending === true ? 'DESC' : 'ASC'} LIMIT $p.limit`,
    asked,
  );
  return rows.map(asEvent);
}

export async function lastEvent(connection: Connection): Promise<AuditEvent | null> {
  const [row] = await connection.read<[string]>(LAST);
  return row === undefined ? null : asEvent(row);
}

/** Appends facts, chained in the order of the list, in the transaction before the head moves. */
export async function appendFacts(run: Run, facts: readonly AuditFact[], head: Head): Promise<void> {
  if (facts.length === 0) return;
  const [row] = await run<[string]>(LAST);
  const events = chain(facts, row === undefined ? null : asEvent(row), formatTime(head.at), head.revision);
  await run(ADD, {
    rows: events.map((event) => ({
      ...marksOf(event),
      revision: integer(event.revision),
      event: JSON.stringify(event),
    })),
  });
}

/** Deletes the events of a commit that did not move the head. */
export async function removeEventsAfter(run: Run, head: Revision): Promise<void> {
  const [row] = await run<[string]>(LAST);
  const last = row === undefined ? 0 : asEvent(row).seq;
  await run(REMOVE, { last: integer(last), head: integer(head) });
}

/** Adds the properties that queries use to the events that an older program wrote. */
export async function markEvents(connection: Connection): Promise<void> {
  for (;;) {
    const rows = await connection.read<[string]>(UNMARKED);
    if (rows.length === 0) return;
    await connection.write((run) => run(MARK, { rows: rows.map((row) => marksOf(asEvent(row))) }));
  }
}

function marksOf({ seq, type, actor, case: caseId, entity: entityId }: AuditEvent): Parameters {
  return { seq: integer(seq), type, subject: actor.subject, caseId, entityId };
}

/** The parameters of a query; undefined where no event can meet it. */
async function parametersOf(connection: Connection, query: AuditQuery): Promise<Parameters | undefined> {
  const { after = 0, before, limit, case: ofCase, entity, types, subject, since, until } = query;
  const parameters: Record<string, unknown> = { after: integer(after), limit: integer(limit) };
  if (before !== undefined) parameters.before = integer(before);
  for (const [name, value] of Object.entries({ case: ofCase, entity, types, subject })) {
    if (value !== undefined) parameters[name] = value;
  }
  if (since !== undefined) {
    const [row] = await connection.read<[number]>(FIRST_SINCE, { since: integer(since) });
    if (row === undefined) return undefined;
    parameters.first = integer(row[0]);
  }
  if (until !== undefined) parameters.last = integer((await headAt(connection, until)).revision);
  return parameters;
}

/** The index for a query. It is named, because the server may choose another one, with which it has to sort all events. */
function indexOf(query: AuditQuery): string {
  if (query.case !== undefined) return 'caseId, seq';
  return query.entity === undefined ? 'seq' : 'entityId, seq';
}
