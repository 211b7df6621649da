import { randomUUID } from 'node:crypto';
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { GRAPHQL_TRANSPORT_WS_PROTOCOL, type Server as Protocol } from 'graphql-ws';
import { type WebSocket, WebSocketServer } from 'ws';
import type { Services } from '../../api/operation/services.js';
import { type ErrorCode, TendrilError } from '../../model/errors.js';
import type { Authenticator } from '../authenticator.js';
import { ConcurrencyLimit } from '../concurrency-limit.js';
import { BackpressuredSocket, type CloseReason } from './backpressured-socket.js';
import { CLOSE, closeCodeOf } from './close-codes.js';
import { type LiveClient, onRelease, releaseAll } from './live-client.js';
import { MessageRate } from './message-rate.js';
import { protocolFor } from './protocol.js';
import { answerOf, ELSEWHERE, FOREIGN, type Refusal, STOPPING } from './upgrade-refusals.js';
import type { Subscribable } from './validate.js';

const PATH = '/graphql';
/** How the protocol begins when a message is one that it only sends itself: a fault of the client's, not of ours. */
const UNKNOWN_MESSAGE = 'Unexpected message of type';
/** How long the service waits for those who were told that it stops, in milliseconds. */
const LAST_WAIT = 5_000;
const GOING = 'The service stops. Connect again in a moment.';

/**
 * Subscriptions over WebSockets at `/graphql`: the protocol graphql-transport-ws
 * (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md).
 */
export class LiveEndpoint {
  private readonly sockets: WebSocketServer;
  private readonly protocol: Protocol<LiveClient>;
  private readonly unknown: ConcurrencyLimit;
  private readonly counts: Record<'connections' | 'subscriptions' | 'bytes', ConcurrencyLimit>;
  private readonly connected = new Set<BackpressuredSocket>();
  private stopping: Promise<void> | undefined;

  /**
   * @param origins whose pages may subscribe from a browser, besides those of the service itself
   * @param failed hears the code of what ended a connection, or went wrong first with a subscription or a message of
   *   one
   */
  constructor(
    private readonly services: Services,
    subscribable: Subscribable,
    authenticator: Authenticator,
    private readonly origins: readonly string[],
    private readonly failed: (code: ErrorCode) => void,
  ) {
    const { limits } = services;
    this.sockets = new WebSocketServer({
      noServer: true,
      maxPayload: limits.liveMessageBytes,
      // Compression keeps much memory for each connection.
      perMessageDeflate: false,
      handleProtocols: (offered) =>
        offered.has(GRAPHQL_TRANSPORT_WS_PROTOCOL) ? GRAPHQL_TRANSPORT_WS_PROTOCOL : false,
    });
    this.unknown = new ConcurrencyLimit('liveUnknown', limits, 'Connect again in a moment.');
    this.counts = {
      connections: new ConcurrencyLimit('liveConnections', limits, 'Subscribe over the ones there are.'),
      subscriptions: new ConcurrencyLimit('liveSubscriptions', limits, 'End one first.'),
      bytes: new ConcurrencyLimit('liveSubscriptionBytes', limits, 'End one first, or ask for less.'),
    };
    this.protocol = protocolFor({ services, subscribable, authenticator, failed, ...this.counts });
  }

  /** Connections that are open. */
  get connections(): number {
    return this.connected.size;
  }

  /** Subscriptions that are open. */
  get subscriptions(): number {
    return this.counts.subscriptions.total;
  }

  /** Takes the requests of a server to become a WebSocket. */
  attach(server: Server): void {
    server.on('upgrade', (request, socket, head) => this.upgrade(request, socket, head));
  }

  /** Says goodbye to everybody, and waits until they have gone. Twice is the same as once. */
  stop(): Promise<void> {
    this.stopping ??= this.sayGoodbye();
    return this.stopping;
  }

  private async sayGoodbye(): Promise<void> {
    const gone = [...this.connected].map((socket) => socket.ended);
    for (const socket of this.connected) socket.close(CLOSE.goingAway, GOING);
    const late = setTimeout(() => {
      for (const socket of this.connected) socket.cutOff();
    }, LAST_WAIT).unref();
    await Promise.all(gone);
    clearTimeout(late);
  }

  private upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    socket.on('error', () => socket.destroy());
    const refusal = this.refusalOf(request);
    if (refusal !== undefined) {
      socket.end(answerOf(refusal));
      return;
    }
    this.sockets.handleUpgrade(request, socket, head, (opened) => this.open(opened, request));
  }

  /** Why a request is not let become a WebSocket. */
  private refusalOf({ url = '', headers }: IncomingMessage): Refusal | undefined {
    if (this.stopping !== undefined) return STOPPING;
    if (url.split('?')[0] !== PATH) return ELSEWHERE;
    // A browser asks nobody before it opens a WebSocket from a page elsewhere: that is up to us.
    const { origin, host } = headers;
    if (origin === undefined || hostOf(origin) === host || this.origins.includes(origin)) return undefined;
    return FOREIGN;
  }

  private open(webSocket: WebSocket, request: IncomingMessage): void {
    const socket = new BackpressuredSocket(webSocket, this.services.limits);
    const client: LiveClient = {
      socket,
      requestId: randomUUID(),
      authorizationHeader: request.headers.authorization,
      address: request.socket.remoteAddress ?? '',
      releases: new Map(),
      messageBytes: 0,
      ended: false,
    };
    this.connected.add(socket);
    const began = performance.now();
    void socket.ended.then((because) => {
      this.connected.delete(socket);
      releaseAll(client);
      this.logEnd(client, because, performance.now() - began);
    });
    this.guarded(client, () => onRelease(client, 'unknown', this.unknown.acquire('')));
    const rate = new MessageRate(this.services.limits);
    const closed = this.protocol.opened(
      {
        protocol: socket.protocol,
        send: (text) => socket.send(text),
        close: (code = CLOSE.internalError, reason = '') => socket.close(code, reason),
        onMessage: (hear) => {
          webSocket.on('message', (message) => {
            if (socket.isClosing) return;
            this.guarded(client, async () => {
              rate.count();
              const text = String(message);
              client.messageBytes = Buffer.byteLength(text);
              await hear(text);
            });
          });
        },
      },
      client,
    );
    this.guarded(client, async () => {
      const { code, reason } = await socket.closing;
      await closed(code, reason);
    });
  }

  /** Does something for a client; what is wrong with it ends the connection and says why. */
  private guarded(client: LiveClient, work: () => Promise<void> | void): void {
    Promise.resolve()
      .then(work)
      .catch((error: unknown) => this.endWith(client, error));
  }

  private endWith(client: LiveClient, error: unknown): void {
    if (error instanceof TendrilError) {
      this.failed(error.code);
      client.socket.close(closeCodeOf(error), error.message);
      return;
    }
    if (error instanceof Error && error.message.startsWith(UNKNOWN_MESSAGE)) {
      client.socket.close(CLOSE.unreadable, 'Of these messages only the service sends some.');
      return;
    }
    this.failed('INTERNAL');
    this.services.log.error({ requestId: client.requestId, err: error }, 'masked an internal error');
    client.socket.close(
      CLOSE.internalError,
      `Something went wrong inside. The log has it: ${client.requestId}.`,
    );
  }

  private logEnd({ requestId, viewer }: LiveClient, because: CloseReason, millis: number): void {
    const line = { requestId, subject: viewer?.subject ?? null, ...because, millis: Math.round(millis) };
    this.services.log.info(line, 'connection ended');
  }
}

function hostOf(origin: string): string | undefined {
  return URL.canParse(origin) ? new URL(origin).host : undefined;
}
