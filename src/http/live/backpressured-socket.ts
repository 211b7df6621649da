import type { WebSocket } from 'ws';
import type { Limits } from '../../api/limits/limits.js';
import { giveWay } from '../../async/time-slice.js';
import { CLOSE, reasonOf } from './close-codes.js';

/**
 * How long the other end may take to confirm that a connection is closed, in milliseconds. The close frame is behind
 * the messages that still wait to be sent.
 */
const CLOSE_TIMEOUT = 20_000;

/** Why a connection was closed (RFC 6455, section 7.4). */
export interface CloseReason {
  readonly code: number;
  readonly reason: string;
}

/**
 * One WebSocket with backpressure: {@link send} resolves when the message was taken, and a client that takes its
 * messages too slowly is disconnected with a reason. So no queue of messages grows.
 */
export class BackpressuredSocket {
  /** Resolves as soon as nothing more is sent: the service has closed the connection, or it has ended. */
  readonly closing: Promise<CloseReason>;
  /** Resolves when the connection has ended. */
  readonly ended: Promise<CloseReason>;
  private readonly pinging: NodeJS.Timeout;
  /** Whether the last ping was answered. */
  private alive = true;
  /** Set when the service has closed the connection. */
  private closedBecause: CloseReason | undefined;
  private cutting: NodeJS.Timeout | undefined;
  private resolveClosing: (reason: CloseReason) => void = () => {};
  /** What resolves the sends whose messages are not taken yet. */
  private readonly untaken = new Set<() => void>();
  /** Resolves when the sender of the last turn has sent. */
  private lastTurn: Promise<void> = Promise.resolve();
  /** Tells the sender that waits for room in the buffer to look again. */
  private makeRoom = () => {};

  constructor(
    private readonly socket: WebSocket,
    private readonly limits: Limits,
  ) {
    this.pinging = setInterval(() => this.ping(), limits.livePingMillis).unref();
    socket.on('pong', () => {
      this.alive = true;
    });
    // ws itself answers a broken frame with a close code.
    socket.on('error', () => {});
    this.closing = new Promise((resolve) => {
      this.resolveClosing = resolve;
    });
    this.ended = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        clearInterval(this.pinging);
        clearTimeout(this.cutting);
        const because = this.closedBecause ?? { code, reason: reason.toString() };
        this.stopSending(because);
        resolve(because);
      });
    });
  }

  /** Whether the service has closed it: messages that still arrive are ignored. */
  get isClosing(): boolean {
    return this.closedBecause !== undefined;
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  /**
   * Resolves when the caller may send one message. Callers take turns: each one waits until those before it have sent
   * and the buffer has room. So many subscriptions of one client that hear of the same event do not make it too slow.
   */
  turn(): Promise<void> {
    const mine = this.lastTurn.then(() => this.room());
    this.lastTurn = mine.then(giveWay);
    return mine;
  }

  /** Sends one message. Resolves when the message is on its way, or when it is certain that it is not sent. */
  send(text: string): Promise<void> {
    const { socket, limits } = this;
    if (socket.readyState !== socket.OPEN) return Promise.resolve();
    if (socket.bufferedAmount > limits.liveBufferBytes) {
      this.tooSlow();
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      const late = setTimeout(() => this.tooSlow(), limits.liveTakeMillis).unref();
      const taken = () => {
        clearTimeout(late);
        this.untaken.delete(taken);
        this.makeRoom();
        resolve();
      };
      this.untaken.add(taken);
      socket.send(text, taken);
    });
  }

  /** Closes the connection with a reason, once. A client that does not confirm it in time is cut off. */
  close(code: number, reason: string): void {
    if (this.closedBecause !== undefined) return;
    this.closedBecause = { code, reason: reasonOf(reason) };
    this.cutting = setTimeout(() => this.cutOff(), CLOSE_TIMEOUT).unref();
    this.socket.close(code, this.closedBecause.reason);
    this.stopSending(this.closedBecause);
  }

  /** Ends the connection at once. */
  cutOff(): void {
    this.socket.terminate();
  }

  /** Resolves when the buffer has room, or the connection is no longer open. */
  private async room(): Promise<void> {
    const { socket, limits } = this;
    while (socket.readyState === socket.OPEN && socket.bufferedAmount > limits.liveBufferBytes) {
      await new Promise<void>((resolve) => {
        this.makeRoom = resolve;
      });
    }
  }

  private stopSending(because: CloseReason): void {
    for (const taken of this.untaken) taken();
    this.resolveClosing(because);
  }

  private tooSlow(): void {
    this.close(CLOSE.tooSlow, 'You receive messages too slowly. Connect again and subscribe to less.');
  }

  private ping(): void {
    if (!this.alive) this.close(CLOSE.tooSlow, 'A ping was not answered. Connect again.');
    if (this.isClosing) return;
    this.alive = false;
    this.socket.ping();
  }
}
