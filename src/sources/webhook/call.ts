import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { lookupPublic, refuseSpecial } from './addresses.js';
import { CONTENT_TYPE } from './envelope.js';
import { signedHeaders } from './signature.js';
import type { Webhook } from './webhooks.js';

/** How long a call may take, from the first attempt to connect to the last byte, in milliseconds. */
export const CALL_MILLIS = 30_000;
/** How much of an answer is read, in bytes. */
export const ANSWER_BYTES = 64 * 1024;

/** The answer of a receiver. */
export interface Reply {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly requestId: string | undefined;
  readonly body: string;
}

/** A message as it is sent; `id` is the message id of the signature. */
export interface Message {
  readonly id: string;
  readonly body: Buffer;
  /** Seconds since 1970. */
  readonly at: number;
  /** The span that it belongs to (W3C Trace Context). It is not signed. Null: nothing is traced. */
  readonly traceparent: string | null;
}

/** Wraps a call, for example to time it, and gives it the `traceparent` that is sent along, or null. */
export type AroundCall = (call: (traceparent: string | null) => Promise<Reply>) => Promise<Reply>;

/**
 * Sends a message by POST. Redirects are not followed, because nobody has configured the address that they name.
 *
 * @throws ForbiddenAddress; an error of the network; the reason of the signal
 */
export function call(webhook: Webhook, message: Message, signal: AbortSignal): Promise<Reply> {
  const { url, key, allowPrivate } = webhook;
  const { id, body, at, traceparent } = message;
  if (!allowPrivate) refuseSpecial(url.hostname);
  const send = url.protocol === 'https:' ? requestHttps : requestHttp;
  const inTime = AbortSignal.any([signal, AbortSignal.timeout(CALL_MILLIS)]);
  return new Promise((resolve, reject) => {
    const outgoing = send(
      url,
      {
        method: 'POST',
        // A connection for each call: one kept open would go on leading to an address that is no longer allowed.
        agent: false,
        signal: inTime,
        ...(allowPrivate ? {} : { lookup: lookupPublic }),
        headers: {
          'content-type': CONTENT_TYPE,
          'content-length': body.length,
          'idempotency-key': id,
          'user-agent': 'tendril',
          ...(traceparent === null ? {} : { traceparent }),
          ...signedHeaders(key, id, at, body),
        },
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        let size = 0;
        incoming.on('data', (chunk: Buffer) => {
          size += chunk.length;
          if (size > ANSWER_BYTES)
            outgoing.destroy(new Error(`the answer is longer than ${ANSWER_BYTES} bytes`));
          else chunks.push(chunk);
        });
        incoming.on('error', reject);
        incoming.on('end', () => {
          const { 'retry-after': retryAfter, 'x-request-id': requestId } = incoming.headers;
          resolve({
            status: incoming.statusCode ?? 0,
            retryAfter,
            requestId: Array.isArray(requestId) ? requestId[0] : requestId,
            body: Buffer.concat(chunks).toString('utf8'),
          });
        });
      },
    );
    outgoing.on('error', (error) => reject(signal.aborted ? signal.reason : error));
    outgoing.end(body);
  });
}
