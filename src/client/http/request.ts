import type { IncomingMessage } from 'node:http';
import { text } from 'node:stream/consumers';
import { errorIn, notUnderstood } from './errors.js';

/** Sends a request to a path of the service, with the sign-in of the client. Its answer is read as it comes. */
export type Send = (path: string, sending: Sending) => Promise<IncomingMessage>;

/** A request whose body or whose answer is a stream. */
export interface Sending {
  readonly method: 'GET' | 'POST';
  readonly headers?: Readonly<Record<string, string>>;
  /** Made as it is sent. */
  readonly body?: AsyncIterable<Uint8Array>;
  readonly signal?: AbortSignal;
}

/** The value of an answer in JSON; undefined where it is something else. */
export function parsed(answer: string): unknown {
  try {
    return JSON.parse(answer);
  } catch {
    return undefined;
  }
}

/**
 * The answer where it may be what was asked for: a page for people, such as the sign-in of a proxy, is not.
 *
 * @throws the error that the service answered instead, or UNAVAILABLE
 */
export async function requireOk(answer: IncomingMessage, url: string): Promise<IncomingMessage> {
  const { statusCode: status = 0, headers } = answer;
  if (status === 200 && /json/.test(headers['content-type'] ?? '')) return answer;
  const error = status === 200 ? undefined : errorIn(parsed(await text(answer)));
  answer.destroy();
  throw error ?? notUnderstood(url, status);
}
