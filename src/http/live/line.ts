import type { WebSocket } from 'ws';
import type { Limits } from '../../api/limits.js';
import { CLOSE, reasonOf } from './close-codes.js';

/** How long a closed connection may take to say so, in milliseconds: the reason stands behind what waits for it. */
const LEAVE = 20_000;

/** Why a connection ends. */
export interface Ending {
  readonly code: number;
  readonly reason: string;
}

/**
 * One WebSocket, with the promise that nothing queues up behind it: {@link send} is answered when the message was
 * taken, and who does not take it is let go with a reason.
 */
export class Line {
  /** Settled as soon as nothing more is sent: the connection was closed from here, or has ended. */
  readonly leaving: Promise<Ending>;
  /** Settled when the connection has ended. */
  readonly ended: Promise<Ending>;
  private readonly pinging: NodeJS.Timeout;
  private there = true;
  /** Set when it was closed from here. */
  private closed: Ending | undefined;
  private cutting: NodeJS.Timeout | undefined;
  private leave: (ending: Ending) => void = () => {};
  /** What waits until a message was taken. */
  private readonly untaken = new Set<() => void>();
  /** Settled when whoever has the last turn by now has sent; and what tells it that there may be room. */
  private lastTurn: Promise<void> = Promise.resolve();
  private makeRoom = () => {};

  constructor(
    private readonly socket: WebSocket,
    private readonly limits: Limits,
  ) {
    this.pinging = setInterval(() => this.ping(), limits.livePingMillis).unref();
    socket.on('pong', () => {
      this.there = true;
    });
    // What is wrong with what was sent, ws answers with a close code of its own.
    socket.on('error', () => {});
    this.leaving = new Promise((resolve) => {
      this.leave = resolve;
    });
    this.ended = new Promise((resolve) => {
      socket.once('close', (code, reason) => {
        clearInterval(this.pinging);
        clearTimeout(this.cutting);
        const ending = this.closed ?? { code, reason: reason.toString() };
        this.stopSending(ending);
        resolve(ending);
      });
    });
  }

  /** Whether it was closed from here: what still comes is not heard. */
  get closing(): boolean {
    return this.closed !== undefined;
  }

  get protocol(): string {
    return this.socket.protocol;
  }

  /**
   * Settled when one message more may be sent, for which there is no other turn of the event loop: those whose turn
   * was before have sent, and enough of that was taken. Many who hear of the same thing at one time are not too slow.
   */
  turn(): Promise<void> {
    const mine = this.lastTurn.then(() => this.room());
    this.lastTurn = mine.then(() => new Promise((sent) => setImmediate(sent)));
    return mine;
  }

  /** Sends one message; answered when it is on its way, or never will be. */
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

  /** Closes it with a reason, once. Who does not answer to that is cut off. */
  close(code: number, reason: string): void {
    if (this.closed !== undefined) return;
    this.closed = { code, reason: reasonOf(reason) };
    this.cutting = setTimeout(() => this.cutOff(), LEAVE).unref();
    this.socket.close(code, this.closed.reason);
    this.stopSending(this.closed);
  }

  /** Ends it without waiting for anybody. */
  cutOff(): void {
    this.socket.terminate();
  }

  private async room(): Promise<void> {
    const { socket, limits } = this;
    while (socket.readyState === socket.OPEN && socket.bufferedAmount > limits.liveBufferBytes) {
      await new Promise<void>((resolve) => {
        this.makeRoom = resolve;
      });
    }
  }

  private stopSending(ending: Ending): void {
    for (const taken of this.untaken) taken();
    this.leave(ending);
  }

  private tooSlow(): void {
    this.close(CLOSE.tooSlow, 'Messages are not taken fast enough. Connect again and subscribe to less.');
  }

  private ping(): void {
    if (!this.there) this.close(CLOSE.tooSlow, 'A ping was not answered. Connect again.');
    if (this.closing) return;
    this.there = false;
    this.socket.ping();
  }
}
