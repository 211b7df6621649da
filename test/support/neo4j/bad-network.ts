import { createConnection, createServer, type Server, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** The message COMMIT as Bolt sends it: a chunk of two bytes, a structure without fields, and the end. */
const COMMIT = Buffer.from([0x00, 0x02, 0xb0, 0x12, 0x00, 0x00]);

/** One connection through the network. */
interface Pair {
  readonly client: Socket;
  readonly server: Socket;
  /** Set when the answer to what was sent last is not to arrive. */
  swallows: boolean;
}

/** The network between Tendril and a Neo4j server, as bad as a test wants it. */
export class BadNetwork {
  private readonly pairs = new Set<Pair>();
  private refuses = false;
  private isHeld = false;
  private millis = 0;
  /** How many more bytes from the client go through before all connections are cut. */
  private bytes = Number.POSITIVE_INFINITY;
  private losing: (() => void) | undefined;
  /** How many COMMITs go through before the one that is lost. */
  private passing = 0;
  private refusesAfterCut = false;

  private constructor(
    private readonly listener: Server,
    private readonly target: number,
  ) {}

  /** Listens on a free loopback port, and passes on to another. */
  static async before(target: number): Promise<BadNetwork> {
    const listener = createServer();
    const network = new BadNetwork(listener, target);
    listener.on('connection', (client) => network.join(client));
    await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
    return network;
  }

  get uri(): string {
    const address = this.listener.address();
    return `bolt://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  }

  /** Cuts every connection; new ones are taken. */
  cut(): void {
    for (const { client, server } of this.pairs) {
      client.destroy();
      server.destroy();
    }
  }

  /** Cuts when so many bytes more have come from the client, and takes no new connection if that is said. */
  cutAfter(bytes: number, andRefuse = false): void {
    this.bytes = bytes;
    this.refusesAfterCut = andRefuse;
  }

  /** Cuts every connection, and takes none until {@link resume}. */
  refuse(): void {
    this.refuses = true;
    this.cut();
  }

  /** Passes nothing on until {@link resume}, as a network does that has lost its way. */
  hold(): void {
    this.isHeld = true;
    for (const { client, server } of this.pairs) {
      client.pause();
      server.pause();
    }
  }

  /** Passes on, and late, what comes from either side. */
  delay(millis: number): void {
    this.millis = millis;
  }

  resume(): void {
    this.refuses = false;
    this.isHeld = false;
    this.bytes = Number.POSITIVE_INFINITY;
    this.refusesAfterCut = false;
    for (const { client, server } of this.pairs) {
      client.resume();
      server.resume();
    }
  }

  /**
   * Lets the next COMMIT through and loses its answer, then cuts every connection. Resolves when that is done.
   *
   * @param passing how many are answered before
   */
  loseNextCommit(passing = 0): Promise<void> {
    this.passing = passing;
    return new Promise((resolve) => {
      this.losing = resolve;
    });
  }

  async close(): Promise<void> {
    this.cut();
    await new Promise((resolve) => this.listener.close(resolve));
  }

  private join(client: Socket): void {
    if (this.refuses) {
      client.destroy();
      return;
    }
    const server = createConnection(this.target, '127.0.0.1');
    const pair: Pair = { client, server, swallows: false };
    this.pairs.add(pair);
    const end = () => {
      this.pairs.delete(pair);
      client.destroy();
      server.destroy();
    };
    for (const socket of [client, server]) {
      socket.setNoDelay(true);
      socket.on('error', end);
      socket.on('close', end);
      if (this.isHeld) socket.pause();
    }
    client.on('data', (bytes) => void this.sent(pair, bytes));
    server.on('data', (bytes) => void this.answered(pair, bytes));
  }

  private async sent(pair: Pair, bytes: Buffer): Promise<void> {
    if (this.losing !== undefined && bytes.includes(COMMIT)) {
      pair.swallows = this.passing === 0;
      this.passing -= 1;
    }
    this.bytes -= bytes.length;
    if (this.bytes < 0) {
      this.bytes = Number.POSITIVE_INFINITY;
      this.refuses = this.refusesAfterCut;
      this.cut();
      return;
    }
    if (this.millis > 0) await sleep(this.millis);
    if (!pair.server.destroyed) pair.server.write(bytes);
  }

  private async answered(pair: Pair, bytes: Buffer): Promise<void> {
    if (pair.swallows) {
      const lost = this.losing;
      this.losing = undefined;
      this.cut();
      lost?.();
      return;
    }
    if (this.millis > 0) await sleep(this.millis);
    if (!pair.client.destroyed) pair.client.write(bytes);
  }
}
