import type { Millis } from '../../model/time.js';
import type { Answer } from '../actuator.js';
import type { Reply } from './call.js';

/** The longest that a receiver can make us wait, in milliseconds. */
const MOST_AFTER: Millis = 24 * 3_600_000;
/** How much of a receiver's own words is kept. */
const WORDS = 200;

/** What a receiver may say in the body of an answer, or of a call back. All of it may be left out. */
export interface Said {
  readonly status?: string;
  readonly reference?: string;
  readonly externalId?: string;
  readonly error?: string;
}

/** What an answer to a call means (2xx done, 202 begun, 429 and 5xx later, all else refused). */
export function outcomeOf(reply: Reply, now: Millis): Answer {
  const { status, retryAfter, requestId } = reply;
  const said = saidIn(reply.body);
  const reference = said.reference ?? requestId ?? null;
  if (status === 202) return { outcome: 'BEGUN', reference };
  if (status >= 200 && status < 300) return doneBy(said, reference);
  const why = `the receiver answered ${status}${said.error === undefined ? '' : `: ${said.error}`}`;
  if (status === 429 || status >= 500) return { outcome: 'RETRY', why, after: waitOf(retryAfter, now) };
  return { outcome: 'REFUSED', why };
}

/** What was done, by the receiver's word. Already gone is as good as done. */
export function doneBy(said: Said, reference: string | null): Answer {
  return {
    outcome: 'DONE',
    proof: 'ACKNOWLEDGED',
    reference,
    already: said.status === 'already_gone',
    externalId: said.externalId ?? null,
  };
}

/** The texts in a body that mean something; a body that is no JSON object says nothing. */
export function saidIn(body: string): Said {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    return {};
  }
  if (typeof value !== 'object' || value === null) return {};
  const said: Record<string, string> = {};
  for (const name of ['status', 'reference', 'externalId', 'error']) {
    const text: unknown = Object.hasOwn(value, name) ? (value as Record<string, unknown>)[name] : undefined;
    // What an answer says lands in the store and before people's eyes: a line of text, and no more.
    if (typeof text === 'string' && text !== '')
      said[name] = text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, WORDS);
  }
  return said;
}

/** RFC 9110, section 10.2.3: seconds, or a date. Null where there is none that can be read. */
function waitOf(retryAfter: string | undefined, now: Millis): Millis | null {
  if (retryAfter === undefined) return null;
  const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MOST_AFTER);
}
