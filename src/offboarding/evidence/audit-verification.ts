import {
  CHAIN_START,
  type ChainBounds,
  type ChainVerification,
  UnreadableEvent,
  verifyChain,
} from '../../audit/verify-chain.js';
import type { AuditEvent } from '../../model/audit.js';
import { TendrilError } from '../../model/errors.js';
import type { AuditQuery, Journal } from '../../store/journal.js';
import { MAX_PAGE } from '../../store/queries.js';

/** Which events to read: a query without its page. */
export type EventsAsked = Omit<AuditQuery, 'limit' | 'descending'>;

/** Reads the whole chain of a store and says whether, and if not where, it was tampered with. */
export async function auditVerification(
  journal: Journal,
  bounds: ChainBounds = {},
): Promise<ChainVerification> {
  return verifyChain(chainFrom(journal, bounds.after?.seq ?? CHAIN_START.seq), bounds);
}

/** Events that match, in order of `seq`, a page at a time. */
export async function* eventsWhere(journal: Journal, asked: EventsAsked): AsyncGenerator<AuditEvent> {
  let after = asked.after ?? 0;
  for (;;) {
    const page = await journal.auditEvents({ ...asked, after, limit: MAX_PAGE });
    yield* page;
    after = page.at(-1)?.seq ?? after;
    if (page.length < MAX_PAGE) return;
  }
}

/**
 * All events of the chain after a place. If one is damaged and cannot be read, the events before it are still given.
 *
 * @throws UnreadableEvent in the place of the first one that cannot be read
 */
async function* chainFrom(journal: Journal, start: number): AsyncGenerator<AuditEvent> {
  let after = start;
  let limit = MAX_PAGE;
  for (;;) {
    const page = await readable(() => journal.auditEvents({ after, limit }));
    if (page === undefined) {
      if (limit === 1) throw new UnreadableEvent('It is damaged: it cannot be read any more.');
      limit = Math.ceil(limit / 2);
      continue;
    }
    yield* page;
    if (page.length < limit) return;
    // With a damaged number the reader might read the same page for ever. The verification reports the damage.
    after = Math.max(after + 1, page.at(-1)?.seq ?? 0);
  }
}

/** Undefined where an event cannot be read because it is damaged. Errors of the store are thrown. */
async function readable(read: () => Promise<AuditEvent[]>): Promise<AuditEvent[] | undefined> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof TendrilError) throw error;
    return undefined;
  }
}
