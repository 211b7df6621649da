import canonicalize from 'canonicalize';
import { chainHeader } from '../../audit/chain-file.js';
import { notFound } from '../../model/errors.js';
import type { Millis } from '../../model/time.js';
import type { Journal } from '../../store/journal.js';
import { eventsWhere } from './audit-verification.js';

export interface Period {
  readonly since?: Millis;
  readonly until?: Millis;
}

/**
 * A stretch of the chain as lines: a header, then one event a line in canonical JSON (RFC 8785), in order.
 *
 * @throws NOT_FOUND where the period has no event
 */
export async function* chainLines(journal: Journal, period: Period): AsyncGenerator<string> {
  const [first] = await journal.auditEvents({ ...period, limit: 1 });
  const [last] = await journal.auditEvents({ ...period, descending: true, limit: 1 });
  if (first === undefined || last === undefined)
    throw notFound('There is no audit event in that period; widen it.');
  const after = { seq: first.seq - 1, hash: first.previousHash };
  yield chainHeader(after, { seq: last.seq, hash: last.hash });
  for await (const event of eventsWhere(journal, { after: after.seq, before: last.seq + 1 }))
    yield `${canonicalize(event)}\n`;
}
