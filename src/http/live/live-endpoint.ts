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
/** How graphql-ws begins its error for a message that only a server may send. It is the client's fault. */
const UNKNOWN_MESSAGE = 'Unexpected message of type';
/** How long to wait until connections have closed when the service stops, in milliseconds. */
const CLOSE_WAIT = 5_000;
const STOPPING_REASON = 'The service is stopping. Connect again in a moment.';

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
   * @param origins the origins whose pages may subscribe from a browser, besides the service itself
   * @param failed is called with the code of an error that ends a connection, or of the first error of a subscription
   *   or of one of its messages
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
      // Compression would need much memory for each connection.
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

  /** Closes all connections, and waits until they have ended. A second call waits for the same. */
  stop(): Promise<void> {
    this.stopping ??= this.closeAll();
    return this.stopping;
  }

  private async closeAll(): Promise<void> {
    const gone = [...this.connected].map((socket) => socket.ended);
    for (const socket of this.connected) socket.close(CLOSE.goingAway, STOPPING_REASON);
    const late = setTimeout(() => {
      for (const socket of this.connected) socket.cutOff();
    }, CLOSE_WAIT).unref();
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

  /** The refusal of a request to become a WebSocket; undefined where it may. */
  private refusalOf({ url = '', headers }: IncomingMessage): Refusal | undefined {
    if (this.stopping !== undefined) return STOPPING;
    if (url.split('?')[0] !== PATH) return ELSEWHERE;
    // Browsers do not apply CORS to WebSockets, so the service checks the origin itself.
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

  /** Does some work for a client. An error of it closes the connection with its reason. */
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
      client.socket.close(CLOSE.unreadable, 'Only the service may send a message of this type.');
      return;
    }
    this.failed('INTERNAL');
    this.services.log.error({ requestId: client.requestId, err: error }, 'masked an internal error');
    client.socket.close(
      CLOSE.internalError,
      `There was an internal error. Its id in the log: ${client.requestId}.`,
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
