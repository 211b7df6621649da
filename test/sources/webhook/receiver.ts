import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Webhook } from '../../../src/sources/webhook/webhooks.js';

/** A call that arrived. */
export interface Received {
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Buffer;
}

/** What listens where actions are sent to. */
export interface Receiver {
  readonly calls: readonly Received[];
  readonly webhook: Webhook;
  close(): Promise<void>;
}

export const KEY = Buffer.alloc(32, 7);

/** Listens on loopback and answers each call as it is told to. */
export async function receiver(
  answer: (response: ServerResponse, nth: number, request: IncomingMessage) => void,
): Promise<Receiver> {
  const calls: Received[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      calls.push({ headers: request.headers, body: Buffer.concat(chunks) });
      answer(response, calls.length, request);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    calls,
    webhook: {
      source: 'github:acme',
      url: new URL(`http://127.0.0.1:${port}/actions?tenant=1`),
      key: KEY,
      allowPrivate: true,
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
