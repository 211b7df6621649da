import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import neo4j from 'neo4j-driver';
import type { Kept } from './keeper.js';

const KEEPER = fileURLToPath(new URL('./keeper.js', import.meta.url));
/** How long a server may take until Bolt answers, in milliseconds. */
const PATIENCE = 180_000;

/** Where a server is and how to sign in. */
export interface Place {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
}

/** A server of our own. */
export interface OwnServer extends Place {
  /** Ends it and removes what it wrote; twice is the same as once. */
  stop(): void;
  /** Ends it as a loss of power would; what it wrote stays. */
  kill(): Promise<void>;
  /** Starts it again after {@link kill}, at the same address, with what it had. */
  startAgain(): Promise<void>;
}

/** Starts a server under a keeper and waits until Bolt answers. */
export async function startKept(place: Place, kept: Kept, env = process.env): Promise<OwnServer> {
  let keeper = launch(kept, env);
  const server: OwnServer = {
    ...place,
    stop() {
      endServer(kept);
      keeper.stdin?.destroy();
      rmSync(kept.folder, { recursive: true, force: true, maxRetries: 5 });
    },
    async kill() {
      const ended = new Promise((resolve) => keeper.once('exit', resolve));
      endServer(kept);
      await ended;
    },
    async startAgain() {
      keeper = launch(kept, env);
      await untilItAnswers(place, keeper);
    },
  };
  try {
    await untilItAnswers(place, keeper);
    return server;
  } catch (error) {
    const told = readFileSync(join(kept.folder, 'server.log'), 'utf8').slice(-2000);
    server.stop();
    throw new Error(`Neo4j did not start: ${String(error)}\n${told}`);
  }
}

function launch(kept: Kept, env: NodeJS.ProcessEnv): ChildProcess {
  writeFileSync(join(kept.folder, 'kept.json'), JSON.stringify(kept));
  const log = openSync(join(kept.folder, 'server.log'), 'a');
  // Not in the group of the run: an interrupt of that does not reach it before the pipe is closed.
  const keeper = spawn(process.execPath, [KEEPER, kept.folder], {
    stdio: ['pipe', log, log],
    detached: true,
    env,
  });
  keeper.unref();
  return keeper;
}

function endServer({ folder, end }: Kept): void {
  try {
    process.kill(Number(readFileSync(join(folder, 'pid'), 'utf8')), 'SIGKILL');
  } catch {
    // It has ended already.
  }
  if (end !== undefined) spawnSync(end[0], end.slice(1));
}

async function untilItAnswers({ uri, user, password }: Place, keeper: ChildProcess): Promise<void> {
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), {
    connectionTimeout: 1000,
    maxTransactionRetryTime: 0,
  });
  const deadline = Date.now() + PATIENCE;
  try {
    for (;;) {
      if (keeper.exitCode !== null) throw new Error(`it ended with code ${keeper.exitCode}`);
      try {
        await driver.executeQuery('RETURN 1');
        return;
      } catch (error) {
        if (Date.now() > deadline) throw error;
        await new Promise((resolve) => setTimeout(resolve, 250));
      }
    }
  } finally {
    await driver.close();
  }
}
