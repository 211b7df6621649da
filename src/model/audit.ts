import { createHash } from 'node:crypto';
import canonicalize from 'canonicalize';
import type { Revision } from './revision.js';

/** Who acts, and how they signed in. Every write has it. */
export interface Actor {
  /** The subject of a token, or the user of the operating system. */
  readonly subject: string;
  /** How they signed in: `static-token`, `oidc`, `os-user`, `system`. */
  readonly signedInBy: string;
  /** The id of the request in the log; null outside of a request. */
  readonly requestId: string | null;
}

/** One fact of the audit log, before it has its place in the chain. All values are JSON. */
export interface AuditFact {
  /** The type of the event, e.g. `SNAPSHOT_IMPORTED`. */
  readonly type: string;
  readonly actor: Actor;
  readonly reason: string | null;
  /** The case it belongs to, where there is one. */
  readonly case: string | null;
  /** The entity it is about, where there is one. */
  readonly entity: string | null;
  readonly before: Readonly<Record<string, unknown>> | null;
  readonly after: Readonly<Record<string, unknown>> | null;
}

/** A fact with its place in the chain: `seq` counts from 1 without a gap. */
export interface AuditEvent extends AuditFact {
  readonly seq: number;
  /** The time of its commit: ISO 8601 with milliseconds. */
  readonly at: string;
  readonly revision: Revision;
  readonly previousHash: string;
  readonly hash: string;
}

/** Types of the events with which rows are taken out of the state, as if nobody had ever reported them. */
export const WITHDRAWING_EVENTS: readonly string[] = ['SOURCE_REMOVED', 'IMPORT_REVERTED'];

/** The previous hash of the first event (semantics, section 5, I5). */
export const NO_HASH = '0'.repeat(64);

/**
 * The hash of an event: SHA-256, in hex, of the previous hash and the canonical JSON (RFC 8785) of the event without its
 * hash (semantics, section 5, I5).
 */
export function eventHash(event: Omit<AuditEvent, 'hash'>): string {
  const canonical = canonicalize(event) as string;
  return createHash('sha256').update(event.previousHash).update(canonical).digest('hex');
}

/** Chains facts after the event `last`; null: the chain is empty. */
export function chain(
  facts: readonly AuditFact[],
  last: Pick<AuditEvent, 'seq' | 'hash'> | null,
  at: string,
  revision: Revision,
): AuditEvent[] {
  let seq = last?.seq ?? 0;
  let previousHash = last?.hash ?? NO_HASH;
  return facts.map((fact) => {
    seq += 1;
    const placed = { ...fact, seq, at, revision, previousHash };
    const event = { ...placed, hash: eventHash(placed) };
    previousHash = event.hash;
    return event;
  });
}
