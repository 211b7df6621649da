import { type AuditEvent, eventHash, NO_HASH } from '../../model/audit.js';
import type { Revision } from '../../model/revision.js';

/** Audit events as every engine keeps them: the JSON that was hashed. */

/** Reads a row that is only the event. */
export function asEvent([event]: readonly [string]): AuditEvent {
  return JSON.parse(event) as AuditEvent;
}

/** Whether the last event has its own hash, that of the event before it, and a revision up to the head. */
export function isSound(last: AuditEvent, previous: AuditEvent | undefined, head: Revision): boolean {
  const { hash, ...event } = last;
  return (
    last.previousHash === (previous?.hash ?? NO_HASH) && eventHash(event) === hash && last.revision <= head
  );
}
