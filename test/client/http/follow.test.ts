import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { makeServer } from 'graphql-ws';
import { WebSocketServer } from 'ws';
import { follow } from '../../../src/client/http/follow.js';

const schema = buildSchema(`
  type Query { no: ID }
  type Subscription { offboardingProgress(id: ID!): Progress! }
  type Progress { state: String!, at: String!, wakeAt: String, done: Int!, total: Int!, changed: [Action!]! }
  type Action { id: ID!, state: String! }
`);

const AT = '2026-11-28T00:00:00.000Z';
const progress = (state: string, done: number, wakeAt: string | null = null) => ({
  offboardingProgress: { state, at: AT, wakeAt, done, total: 2, changed: [] },
});

/** What a connection gets: it is refused, or it is told something and closed after that, or completed. */
type Turn = 'refused' | { readonly tell: object; readonly close?: boolean };

/** A service that treats its connections in turn, and the numbers of actions done that a client of it is told. */
async function told(turns: readonly Turn[]): Promise<{ dones: number[]; connections: number }> {
  const sockets = new WebSocketServer({ noServer: true });
  const server = createServer();
  let connections = 0;
  server.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const turn = turns[connections++] ?? 'refused';
    if (turn === 'refused') {
      socket.end('HTTP/1.1 503 Service Unavailable\r\nConnection: close\r\n\r\n');
      return;
    }
    sockets.handleUpgrade(request, socket, head, (live) => {
      const protocol = makeServer({
        schema,
        subscribe: async function* () {
          yield { data: turn.tell };
          if (turn.close) live.close(1001, 'Stopping.');
        } as never,
      });
      const closed = protocol.opened(
        {
          protocol: live.protocol,
          send: (data) => new Promise((resolve) => live.send(data, () => resolve())),
          close: (code, reason) => live.close(code, reason),
          onMessage: (listener) => live.on('message', (data) => void listener(String(data))),
        },
        {},
      );
      live.once('close', (code, reason) => void closed(code, String(reason)));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const dones: number[] = [];
  try {
    await follow({ url, token: 'token' }, 'case', {
      signal: new AbortController().signal,
      onProgress: ({ done }) => dones.push(done),
    });
    return { dones, connections };
  } finally {
    for (const live of sockets.clients) live.terminate();
    await new Promise((resolve) => server.close(resolve));
  }
}

test('a service that starts again is followed on', async () => {
  const turns: Turn[] = [
    { tell: progress('EXECUTING', 1), close: true },
    'refused',
    { tell: progress('VERIFIED', 2) },
  ];
  expect(await told(turns)).toEqual({ dones: [1, 2], connections: 3 });
}, 30_000);

test('a service that refuses from the beginning is told at once', async () => {
  await expect(told(['refused', { tell: progress('VERIFIED', 2) }])).rejects.toMatchObject({
    code: 'UNAVAILABLE',
  });
});

test('the old end of a case that is resumed is not its end', async () => {
  const turns: Turn[] = [{ tell: progress('INCOMPLETE', 1, AT) }, { tell: progress('INCOMPLETE', 2) }];
  expect(await told(turns)).toEqual({ dones: [1, 2], connections: 2 });
});
