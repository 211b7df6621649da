import type { Millis } from '../../model/time.js';
import type { Answer } from '../actuator.js';
import type { Reply } from './call.js';

/** The longest delay that a receiver may ask for, in milliseconds. */
const MOST_AFTER: Millis = 24 * 3_600_000;
/** How many characters of a receiver's text are kept. */
const WORDS = 200;

/** The fields of the body of an answer or a call back. Each of them may be left out. */
export interface ReplyBody {
  readonly status?: string;
  readonly reference?: string;
  readonly externalId?: string;
  readonly error?: string;
}

/** The meaning of an answer to a call: 2xx is done, 202 begun, 429 and 5xx later, everything else refused. */
export function outcomeOf(reply: Reply, now: Millis): Answer {
  const { status, retryAfter, requestId } = reply;
  const said = parseReplyBody(reply.body);
  const reference = said.reference ?? requestId ?? null;
  if (status === 202) return { outcome: 'BEGUN', reference };
  if (status >= 200 && status < 300) return doneBy(said, reference);
  const why = `the receiver answered ${status}${said.error === undefined ? '' : `: ${said.error}`}`;
  if (status === 429 || status >= 500) return { outcome: 'RETRY', why, after: waitOf(retryAfter, now) };
  return { outcome: 'REFUSED', why };
}

/** The result DONE, as the receiver reports it. What was already gone counts as done. */
export function doneBy(said: ReplyBody, reference: string | null): Answer {
  return {
    outcome: 'DONE',
    proof: 'ACKNOWLEDGED',
    reference,
    already: said.status === 'already_gone',
    externalId: said.externalId ?? null,
  };
}

/** The known fields of a body that are texts; none where the body is not a JSON object. */
export function parseReplyBody(body: string): ReplyBody {
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
    // The texts of an answer are stored and shown to people, so each is cut to one line of limited length.
    if (typeof text === 'string' && text !== '')
      said[name] = text.replaceAll(/\p{Cc}+/gu, ' ').slice(0, WORDS);
  }
  return said;
}

/** `Retry-After` (RFC 9110, section 10.2.3): seconds or a date. Null where there is none, or none that can be read. */
function waitOf(retryAfter: string | undefined, now: Millis): Millis | null {
  if (retryAfter === undefined) return null;
  const wait = /^\d{1,9}$/.test(retryAfter) ? Number(retryAfter) * 1000 : Date.parse(retryAfter) - now;
  return Number.isNaN(wait) ? null : Math.min(Math.max(wait, 0), MOST_AFTER);
}
