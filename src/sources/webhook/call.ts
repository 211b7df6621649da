import { request as requestHttp } from 'node:http';
import { request as requestHttps } from 'node:https';
import { lookupPublic, refuseSpecial } from './addresses.js';
import { CONTENT_TYPE } from './envelope.js';
import { signedHeaders } from './signature.js';
import type { Webhook } from './webhooks.js';

/** How long a receiver may take, from the first attempt to connect to the last byte, in milliseconds. */
export const CALL_MILLIS = 30_000;
/** How much of an answer is read, in bytes. */
export const ANSWER_BYTES = 64 * 1024;

/** What a receiver answered. */
export interface Reply {
  readonly status: number;
  readonly retryAfter: string | undefined;
  readonly requestId: string | undefined;
  readonly body: string;
}

/** A message as it is sent; `id` is what the signature calls it. */
export interface Message {
  readonly id: string;
  readonly body: Buffer;
  /** Seconds since 1970. */
  readonly at: number;
  /** Of the span that it is a part of (W3C Trace Context), which nobody signs; null: nothing is traced. */
  readonly traceparent: string | null;
}

/** What stands around a call, for example to time it; it gives the `traceparent` that goes along, or null. */
export type AroundCall = (call: (traceparent: string | null) => Promise<Reply>) => Promise<Reply>;

/**
 * Sends a message by POST. Redirects are not followed: where they lead, nobody has agreed to send anything.
 *
 * @throws ForbiddenAddress, whatever the network does, and the signal's reason
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
