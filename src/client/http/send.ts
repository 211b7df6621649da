import { type IncomingMessage, request as plain, type RequestOptions } from 'node:http';
import { request as secure } from 'node:https';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Sending } from './request.js';

/** How long it may take to make a connection, in milliseconds. */
const CONNECTING = 10_000;

/** How often the network is asked whether the service is still there, in milliseconds. */
const KEEP_ALIVE = 30_000;

/**
 * Sends a request and waits for the head of its answer, however long that takes: a large import is answered after
 * many minutes, where `fetch` gives up after five.
 *
 * @throws the error of the network or of the body, and the signal's reason
 */
export function send(url: string, { body, ...options }: Sending): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const isSecure = url.startsWith('https:');
    const request = (isSecure ? secure : plain)(url, {
      ...(options as RequestOptions),
      agent: false,
      timeout: CONNECTING,
    });
    request.on('timeout', () => request.destroy(new Error('No connection was made in time.')));
    request.once('socket', (socket) => {
      socket.once(isSecure ? 'secureConnect' : 'connect', () => {
        socket.setTimeout(0);
        socket.setKeepAlive(true, KEEP_ALIVE);
      });
    });
    request.once('response', resolve);
    // A service that refuses answers before it has read the body: errors after its answer are of no interest.
    request.on('error', reject);
    if (body === undefined) request.end();
    else pipeline(Readable.from(body, { objectMode: false }), request).catch(reject);
  });
}
