import type { WebSocket } from 'ws';
import type { Limits } from '../../api/limits.js';
import { CLOSE, reasonOf } from './close-codes.js';

/** How often it is asked whether somebody is still there, in milliseconds; who does not answer until then is not. */
const PING_EVERY = 30_000;
/** How long a closed connection may take to say so, in milliseconds. */
const LEAVE = 5_000;

/**
 * One WebSocket, with the promise that nothing queues up behind it: {@link send} is answered when the message was
 * taken, and who does not take it is let go with a reason.
 */
export class Line {
  /** Settled when the connection has ended. */
  readonly ended: Promise<void>;
  private readonly pinging: NodeJS.Timeout;
  private there = true;
  private leaving: NodeJS.Timeout | undefined;

  constructor(
    private readonly socket: WebSocket,
    private readonly limits: Limits,
  ) {
    this.pinging = setInterval(() => this.ping(), PING_EVERY).unref();
    socket.on('pong', () => {
      this.there = true;
    });
    // What is wrong with what was sent, ws answers with a close code of its own.
    socket.on('error', () => {});
    this.ended = new Promise((resolve) => {
      socket.once('close', () => {
        clearInterval(this.pinging);
        clearTimeout(this.leaving);
        resolve();
      });
    });
  }

  /** Whether it was closed from here: what still comes is not heard. */
  get closing(): boolean {
    return this.leaving !== undefined;
  }

  get protocol(): string {
    return this.socket.protocol;
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
      socket.send(text, () => {
        clearTimeout(late);
        resolve();
      });
    });
  }

  /** Closes it with a reason. Who does not answer to that is cut off. */
  close(code: number, reason: string): void {
    if (this.leaving !== undefined) return;
    this.leaving = setTimeout(() => this.socket.terminate(), LEAVE).unref();
    this.socket.close(code, reasonOf(reason));
  }

  private tooSlow(): void {
    this.close(CLOSE.tooSlow, 'Messages are not taken fast enough. Connect again and subscribe to less.');
  }

  private ping(): void {
    if (!this.there) {
      this.socket.terminate();
      return;
    }
    this.there = false;
    this.socket.ping();
  }
}
