import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { until } from '../../support/until.js';

/** What a subscriber hears; values are waited for one after the other. */
export interface Heard {
  next(): Promise<Record<string, unknown>>;
  /** Settles when the service ends the subscription. */
  readonly over: Promise<unknown>;
  stop(): void;
}

/** How a connection ended. */
export interface Closed {
  readonly code: number;
  readonly reason: string;
}

/** Waits until a metric of a service, one without labels, has a value. */
export async function untilMetric(url: string, name: string, value: number): Promise<void> {
  const line = new RegExp(`^${name} (.*)$`, 'm');
  const valueNow = async () => line.exec(await (await fetch(`${url}/metrics`)).text())?.[1];
  await until(valueNow, (now) => now === String(value));
}

/** Waits until a service has as many subscriptions. */
export const untilSubscribed = (url: string, count: number): Promise<void> =>
  untilMetric(url, 'tendril_live_subscriptions', count);

/** A client of the live endpoint, as dashboards use it. */
export class Listener {
  readonly client: Client;
  readonly closed: Promise<Closed>;
  socket: WebSocket | undefined;

  constructor(url: string, authorization: string | undefined, lazy = true) {
    let tell = (_: Closed) => {};
    this.closed = new Promise((resolve) => {
      tell = resolve;
    });
    this.client = createClient({
      url: `${url.replace('http', 'ws')}/graphql`,
      webSocketImpl: WebSocket,
      lazy,
      retryAttempts: 0,
      onNonLazyError: () => {},
      connectionParams: authorization === undefined ? {} : { authorization },
      on: {
        opened: (socket) => {
          this.socket = socket as WebSocket;
        },
        closed: (event) => {
          const { code, reason } = event as Closed;
          tell({ code, reason });
        },
      },
    });
  }

  /** Subscribes; settled once the connection has it. What was asked for begins soon after. */
  hear(
    query: string,
    variables: Record<string, unknown> = {},
    extensions: Record<string, unknown> = {},
  ): Heard {
    const results = this.client.iterate<Record<string, unknown>>({ query, variables, extensions });
    let end = (_: unknown) => {};
    const over = new Promise((resolve) => {
      end = resolve;
    });
    return {
      over,
      async next() {
        try {
          const { done, value } = await results.next();
          if (done === true) end(undefined);
          return (value ?? {}) as Record<string, unknown>;
        } catch (error) {
          end(error);
          throw error;
        }
      },
      stop: () => void results.return?.(),
    };
  }

  async stop(): Promise<void> {
    await this.client.dispose();
  }
}
