import { createServer, type RequestListener, type Server, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Request, RequestHandler } from 'express';
import { type Limits, overLimit } from '../api/limits/limits.js';
import { withDeadline } from '../async/with-deadline.js';
import type { TendrilError } from '../model/errors.js';
import { answerError } from './answer-errors.js';
import { REQUEST_TIMEOUT } from './status-codes.js';

/** How much longer than the limit a silent connection stays open at most, in milliseconds. */
const GRACE = 5000;

/** The longest interval at which Node.js checks for requests whose head does not arrive, in milliseconds. */
const CHECK_INTERVAL = 30_000;

/**
 * Makes a server with timeouts. There is none on a whole request, because a large snapshot over a slow connection may
 * take long. There is one on the time until the head of a request has arrived, and one on the time in which nothing more
 * of a request arrives and nothing more of an answer is taken. While the service works on a request that has arrived
 * completely, the connection may be silent.
 */
export function serverWithTimeouts(listener: RequestListener, { idleMillis }: Limits): Server {
  const server = createServer(
    { connectionsCheckingInterval: Math.min(CHECK_INTERVAL, idleMillis) },
    listener,
  );
  // The default of Node.js, a limit on the whole request, would break off an upload after five minutes.
  server.requestTimeout = 0;
  server.headersTimeout = idleMillis;
  const answering = new WeakMap<Socket, ServerResponse>();
  server.on('request', (_request, response) => answering.set(response.socket as Socket, response));
  // `bytesOf` may have answered already, and the caller needs time to read the answer.
  server.setTimeout(idleMillis + Math.min(idleMillis, GRACE), (socket) => {
    const response = answering.get(socket);
    const working = response?.req.complete === true && !response.headersSent;
    if (!working) socket.destroy();
  });
  return server;
}

/** Answers LIMIT_EXCEEDED where a body has not arrived completely in time, even if it arrives steadily. */
export function limitRequestTime(limits: Limits): RequestHandler {
  return (request, response, next) => {
    const timer = setTimeout(() => {
      answerError(tooSlow('requestMillis', limits), request, response, REQUEST_TIMEOUT);
    }, limits.requestMillis);
    const complete = () => clearTimeout(timer);
    request.once('end', complete);
    response.once('close', complete);
    next();
  };
}

/** How many bytes of a snapshot must arrive in `importPaceMillis`. */
const PACE = 65_536;

/**
 * The bytes of a body. Only the time spent waiting for bytes counts, not the time in which they are used.
 *
 * @throws LIMIT_EXCEEDED where no bytes, or too few, arrive for too long; the request is not destroyed
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
    // It is not awaited: it would wait for the bytes that are still to come.
    bytes.return?.().catch(() => {});
  }
}

function tooSlow(limit: 'requestMillis' | 'idleMillis' | 'importPaceMillis', limits: Limits): TendrilError {
  return overLimit(limit, limits, 'Send the request again, without stopping.');
}
