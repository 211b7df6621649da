import { type AuditEvent, eventHash, NO_HASH } from '../model/audit.js';
import { formatTime, parseTime } from '../model/time.js';

/** A place in the chain of events: what stands after it must follow from it. */
export interface ChainPlace {
  /** 0: before the first event. */
  readonly seq: number;
  /** SHA-256 in hex. */
  readonly hash: string;
}

/** Before the first event. */
export const CHAIN_START: ChainPlace = { seq: 0, hash: NO_HASH };

/** What was found about a chain of events (semantics, section 5, I5). */
export interface ChainVerification {
  readonly valid: boolean;
  /** How many events hold, from the first one read on. */
  readonly events: number;
  /** Hash of the last event that holds; null where none does. */
  readonly head: string | null;
  /** The place at which the chain stops holding, by `seq`; null: it holds. */
  readonly firstBrokenAt: number | null;
  /** What is wrong there, in a sentence; null: nothing is. */
  readonly why: string | null;
}

/** What the chain is held against besides itself. */
export interface ChainBounds {
  /** What came before the first event read; left out: nothing did. */
  readonly after?: ChainPlace;
  /** Places vouched for elsewhere, by a signature for example: the chain must go through all of them. */
  readonly through?: readonly ChainPlace[];
}

/** Thrown by whatever reads events where one cannot be read at all; its message says why. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';
}

/**
 * Reads a chain once from its beginning and finds the first place where it does not hold: an event that was
 * changed, dropped, doubled or moved, a gap, or time that runs backwards. That the end was cut off can only be found
 * against a place known from elsewhere (`through`).
 */
export async function verifyChain(
  events: AsyncIterable<unknown>,
  { after = CHAIN_START, through = [] }: ChainBounds = {},
): Promise<ChainVerification> {
  const vouched = new Map(through.map(({ seq, hash }) => [seq, hash]));
  let last: ChainPlace & Partial<AuditEvent> = after;
  const result = (why: string | null): ChainVerification => ({
    valid: why === null,
    events: last.seq - after.seq,
    head: last.seq === after.seq ? null : last.hash,
    firstBrokenAt: why === null ? null : last.seq + 1,
    why,
  });
  try {
    for await (const event of events) {
      const why = problemOf(event, last) ?? againstVouched(event as AuditEvent, vouched);
      if (why !== null) return result(why);
      last = event as AuditEvent;
    }
  } catch (error) {
    if (error instanceof UnreadableEvent) return result(error.message);
    throw error;
  }
  const farthest = Math.max(...vouched.keys(), 0);
  if (farthest <= last.seq) return result(null);
  return result(
    `The chain ends here, and it is known to have gone on to event ${farthest}: its end was cut off.`,
  );
}

function againstVouched({ seq, hash }: AuditEvent, vouched: ReadonlyMap<number, string>): string | null {
  const known = vouched.get(seq);
  if (known === undefined || known === hash) return null;
  return `Its hash is ${hash}, and ${known} is vouched for: everything up to here was written anew.`;
}

/** What is wrong with an event after another one, or null. */
function problemOf(event: unknown, last: ChainPlace & Partial<AuditEvent>): string | null {
  if (!isEvent(event)) return 'What stands here is no event: it lacks what every event has.';
  const expected = last.seq + 1;
  if (event.seq !== expected)
    return `Event ${event.seq} stands where ${expected} should: events were dropped, doubled or moved.`;
  if (event.previousHash !== last.hash)
    return `It does not follow from the event before it, whose hash is ${last.hash}.`;
  if (hashOf(event) !== event.hash) return 'It was changed: its content does not give its hash.';
  if (last.at !== undefined && event.at < last.at)
    return `Its time ${event.at} is before that of the event before it, ${last.at}.`;
  if (last.revision !== undefined && event.revision < last.revision)
    return `Its revision ${event.revision} is before that of the event before it, ${last.revision}.`;
  return null;
}

/** As much of the shape as the rules look at; everything else is held by the hash. */
function isEvent(value: unknown): value is AuditEvent {
  if (typeof value !== 'object' || value === null) return false;
  const { seq, at, revision, previousHash, hash } = value as Partial<Record<keyof AuditEvent, unknown>>;
  const time = typeof at === 'string' ? parseTime(at) : undefined;
  return (
    Number.isSafeInteger(seq) &&
    Number.isSafeInteger(revision) &&
    typeof previousHash === 'string' &&
    typeof hash === 'string' &&
    time !== undefined &&
    formatTime(time) === at
  );
}

/** null for what has no canonical form, such as half of a character. */
function hashOf({ hash: _, ...event }: AuditEvent): string | null {
  try {
    return eventHash(event);
  } catch {
    return null;
  }
}
