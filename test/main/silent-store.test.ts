import { spawn } from 'node:child_process';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals';
import { outcomeOf } from '../cli/support/tendril.js';

jest.setTimeout(120_000);

/** Takes every connection and says nothing, as a server does that hangs. */
const sockets = new Set<Socket>();
const silent = createServer((socket) => {
  sockets.add(socket.on('error', () => {}));
});
beforeAll(() => new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve)));
afterAll(() => {
  for (const socket of sockets) socket.destroy();
  silent.close();
});

test.each([
  ['the service', ['main.js'], 'err'],
  ['the command line', ['cli.js', 'doctor'], 'out'],
] as const)(
  '%s ends, and says why, where its store says nothing',
  async (_who, [program, ...words], where) => {
    const { port } = silent.address() as AddressInfo;
    const { PATH = '' } = process.env;
    const env = {
      PATH,
      TENDRIL_STORE: `bolt://127.0.0.1:${port}`,
      TENDRIL_NEO4J_PASSWORD: 'password',
      TENDRIL_PORT: '0',
    };
    const file = new URL(`../../src/${program}`, import.meta.url).pathname;
    const outcome = await outcomeOf(spawn(process.execPath, [file, ...words], { env }));
    expect(outcome.code).toBe(3);
    expect(outcome[where]).toMatch(
      /^(1 problem:\n! )?The Neo4j store bolt:\S+ (does not answer|cannot be reached);/,
    );
  },
);
