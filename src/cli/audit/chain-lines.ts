import type { Client } from '../../client/client.js';
import { chainHeader } from '../../client/local/audit-file.js';
import { AuditEndsDocument, AuditLinesDocument } from '../../documents/generated/graphql.js';
import { notFound } from '../../model/errors.js';
import { formatTime, type Millis } from '../../model/time.js';

/** A stretch of time, both ends included. */
export interface Period {
  readonly since?: Millis;
  readonly until?: Millis;
}

/** Events of one page: an event may be long. */
const PAGE = 200;

/**
 * A stretch of the chain as lines: a header, then one event a line in canonical JSON (RFC 8785), in order. What is
 * written meanwhile is not in it.
 *
 * @throws NOT_FOUND where the period has no event
 */
export async function* chainLines(client: Client, period: Period): AsyncGenerator<string> {
  const filter = filterOf(period);
  const ends = await client.execute(AuditEndsDocument, { filter });
  const [first, last] = [ends.first.nodes[0], ends.last.nodes[0]];
  if (first === undefined || last === undefined) {
    throw notFound('There is no audit event in that period; widen it.');
  }
  const before = { seq: first.seq - 1, hash: first.previousHash };
  yield chainHeader(before, { seq: last.seq, hash: last.hash });
  let after: string | null = null;
  for (;;) {
    const asked: { filter: typeof filter; first: number; after: string | null } = {
      filter,
      first: PAGE,
      after,
    };
    const { auditEvents } = await client.execute(AuditLinesDocument, asked);
    for (const { seq, canonical } of auditEvents.nodes) if (seq <= last.seq) yield `${canonical}\n`;
    const { hasNextPage, endCursor } = auditEvents.pageInfo;
    if (!hasNextPage || (auditEvents.nodes.at(-1)?.seq ?? last.seq) >= last.seq) return;
    after = endCursor;
  }
}

const filterOf = ({ since, until }: Period) => ({
  ...(since !== undefined && { since: formatTime(since) }),
  ...(until !== undefined && { until: formatTime(until) }),
});
