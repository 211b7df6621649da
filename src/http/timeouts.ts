import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { type Limits, overLimit } from '../api/limits/limits.js';
import { withDeadline } from '../async/with-deadline.js';
import type { TendrilError } from '../model/errors.js';
import { answerError } from './answer-errors.js';
import { REQUEST_TIMEOUT } from './status-codes.js';

/** How much longer than the limit a silent connection stays at most, in milliseconds. */
const GRACE = 5000;

/** How often Node looks for requests whose head does not come, at the least, in milliseconds. */
const LOOK = 30_000;

/**
 * A server with the limits of receiving: none on the whole, for a large snapshot over a slow line takes as long as
 * it takes, one on the time until the head of a request is here, and one on the time in which nothing more of a
 * request arrives or of an answer is taken. While the service works on a request that is here whole, the line may
 * be silent.
 */
export function serverWithTimeouts(listener: RequestListener, { idleMillis }: Limits): Server {
  const server = createServer({ connectionsCheckingInterval: Math.min(LOOK, idleMillis) }, listener);
  // Node's own limit on whole requests would break off an upload after five minutes.
  server.requestTimeout = 0;
  server.headersTimeout = idleMillis;
  const answering = new WeakMap<Socket, ServerResponse>();
  server.on('request', (_request, response) => answering.set(response.socket as Socket, response));
  // Whoever is behind the answer may have been told already (`bytesOf`), and needs time to read it.
  server.setTimeout(idleMillis + Math.min(idleMillis, GRACE), (socket) => {
    const response = answering.get(socket);
    const working = response?.req.complete === true && !response.headersSent;
    if (!working) socket.destroy();
  });
  return server;
}

/** Answers LIMIT_EXCEEDED where a body is not here whole in time, however steadily it trickles. */
export function limitRequestTime(limits: Limits): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      answerError(tooSlow('requestMillis', limits), request, response, REQUEST_TIMEOUT);
    }, limits.requestMillis);
    const whole = () => clearTimeout(timer);
    request.once('end', whole);
    response.once('close', whole);
    next();
  };
}

/** How many bytes of a snapshot have to come in `importPaceMillis`. */
const PACE = 65_536;

/**
 * The bytes of a body. Only the time in which they are waited for counts, not what is done with them.
 *
 * @throws LIMIT_EXCEEDED where no more, or too few, come for too long; the request itself stays whole
 */
export async function* bytesOf(request: Request, limits: Limits): AsyncGenerator<Uint8Array> {
  const bytes: AsyncIterator<Uint8Array> = request
    .iterator({ destroyOnReturn: false })
    [Symbol.asyncIterator]();
  const silent = () => {
    throw tooSlow('idleMillis', limits);
  };
  let [waited, came] = [0, 0];
  try {
    for (;;) {
      const began = performance.now();
      const next = await withDeadline(bytes.next(), { millis: limits.idleMillis, onTimeout: silent });
      if (next.done === true) return;
      waited += performance.now() - began;
      came += next.value.byteLength;
      if (came >= PACE) [waited, came] = [0, 0];
      if (waited > limits.importPaceMillis) throw tooSlow('importPaceMillis', limits);
      yield next.value;
    }
  } finally {
    // Not waited for: while bytes are to come, it would wait for them.
    bytes.return?.().catch(() => {});
  }
}

function tooSlow(limit: 'requestMillis' | 'idleMillis' | 'importPaceMillis', limits: Limits): TendrilError {
  return overLimit(limit, limits, 'Send the request again, without stopping.');
}
