import { createServer, type Server, type Socket } from 'node:net';

/** What a server answers to the handshake of Bolt (https://neo4j.com/docs/bolt/current/bolt/handshake/). */
export const HANDSHAKE = {
  /** It speaks none of the versions that it was offered. */
  none: Buffer.from([0, 0, 0, 0]),
  /** Bolt 4.4, the newest that Neo4j 4 has. */
  four: Buffer.from([0, 0, 4, 4]),
} as const;

/** As much of a Neo4j 4 as somebody hears who asks which it is. */
export class OldServer {
  private readonly sockets = new Set<Socket>();

  private constructor(private readonly listener: Server) {}

  /** Listens on a free loopback port, and answers the handshake so. */
  static async start(handshake: Buffer): Promise<OldServer> {
    const listener = createServer();
    const server = new OldServer(listener);
    listener.on('connection', (socket) => {
      server.sockets.add(socket);
      let shaken = false;
      socket.on('error', () => socket.destroy());
      socket.on('data', () => {
        socket.write(shaken ? SUCCESS : handshake);
        shaken = true;
      });
    });
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return server;
  }

  get uri(): string {
    const address = this.listener.address();
    return `bolt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  async close(): Promise<void> {
    for (const socket of this.sockets) socket.destroy();
    await new Promise((resolve) => this.listener.close(resolve));
  }
}

/** A text of less than 16 bytes in PackStream. */
const text = (value: string): Buffer =>
  Buffer.concat([Buffer.from([0x80 + value.length]), Buffer.from(value)]);

/** The message SUCCESS with two entries, in one chunk: the same for HELLO and for whatever follows it. */
const MESSAGE = Buffer.concat([
  Buffer.from([0xb1, 0x70, 0xa2]),
  ...['server', 'Neo4j/4.4.1', 'connection_id', 'bolt-1'].map(text),
]);
const SUCCESS = Buffer.concat([Buffer.from([0, MESSAGE.length]), MESSAGE, Buffer.from([0, 0])]);
