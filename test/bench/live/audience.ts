import { WebSocket } from 'ws';

/**
 * Many who subscribe to changes of the graph, each over a connection of its own, in a process of their own. Run as a
 * program, by `startAudience`; it says when all have heard of a revision.
 */
export interface Seats {
  readonly url: string;
  /** The subscription. */
  readonly query: string;
  /** One for each subscriber. */
  readonly tokens: readonly string[];
}

/** All have heard of a revision; the last one at `at`, in milliseconds since 1970. */
export interface AllHeard {
  readonly revision: number;
  readonly at: number;
}

/** So many connect at a time: a service lets no more wait for their sign-in than it has a limit for. */
const AT_ONCE = 50;

/** Settled when the service has let a subscriber in. */
function seat({ url, query }: Seats, token: string, hear: (revision: number) => void): Promise<void> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
    perMessageDeflate: false,
  });
  const say = (message: unknown) => socket.send(JSON.stringify(message));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('close', (code, reason) => reject(new Error(`It was closed: ${code} ${reason}`)));
    socket.once('open', () =>
      say({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } }),
    );
    socket.on('message', (text) => {
      const { type, payload } = JSON.parse(String(text)) as { type: string; payload?: Told };
      if (type === 'connection_ack') {
        say({ type: 'subscribe', id: '1', payload: { query } });
        resolve();
      } else if (type === 'next' && payload?.data) hear(Number(payload.data.graphChanged.revision));
      // Who is refused would be waited for in vain.
      else throw new Error(String(text));
    });
  });
}

interface Told {
  readonly data?: { readonly graphChanged: { readonly revision: string } };
}

async function sitDown(seats: Seats): Promise<void> {
  const { tokens } = seats;
  const heardBy = new Map<number, number>();
  const hear = (revision: number) => {
    const count = (heardBy.get(revision) ?? 0) + 1;
    heardBy.set(revision, count);
    if (count === tokens.length) process.send?.({ revision, at: Date.now() } satisfies AllHeard);
  };
  for (let at = 0; at < tokens.length; at += AT_ONCE) {
    await Promise.all(tokens.slice(at, at + AT_ONCE).map((token) => seat(seats, token, hear)));
  }
}

process.once('message', (seats: Seats) => void sitDown(seats));
