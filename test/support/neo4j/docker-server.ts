import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from './free-port.js';
import { type OwnServer, startKept } from './kept-process.js';

/** The same version that `pom.xml` names. */
const IMAGE = 'neo4j:5.26-community';
/** How long the engine may take to say that it is there, and to fetch the image, in milliseconds. */
const ANSWER = 10_000;
const FETCH = 900_000;

/** Whether a Docker engine answers: the command may be there without one. */
export function dockerAnswers(): boolean {
  return spawnSync('docker', ['info'], { stdio: 'ignore', timeout: ANSWER }).status === 0;
}

/** Starts Neo4j Community in a container, on a free loopback port, and waits until Bolt answers. */
export async function startDockerServer(say: (line: string) => void): Promise<OwnServer> {
  const fetched = spawnSync('docker', ['image', 'inspect', IMAGE], { stdio: 'ignore', timeout: ANSWER });
  if (fetched.status !== 0) {
    say(`fetching ${IMAGE} with Docker; the first time this takes some minutes`);
    const pulled = spawnSync('docker', ['pull', '--quiet', IMAGE], { encoding: 'utf8', timeout: FETCH });
    if (pulled.status !== 0)
      throw new Error(`Docker could not fetch ${IMAGE}: ${pulled.stderr?.slice(-300)}`);
  }
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  const name = `tendril-test-${randomBytes(6).toString('hex')}`;
  say(`starting Neo4j in Docker on 127.0.0.1:${port}`);
  const address = `127.0.0.1:${port}`;
  return startKept(
    { uri: `bolt://${address}`, user: 'neo4j', password },
    {
      // The values are in the environment of the command, where a list of processes does not show them.
      command: [
        ...(['docker', 'run', '--rm', '--name', name, '--publish', `${address}:7687`] as const),
        ...['--env', 'NEO4J_AUTH', '--env', 'NEO4J_server_bolt_advertised__address', IMAGE],
      ],
      end: ['docker', 'rm', '--force', '--volumes', name],
      folder: mkdtempSync(join(tmpdir(), 'tendril-neo4j-')),
    },
    {
      ...process.env,
      NEO4J_AUTH: `neo4j/${password}`,
      NEO4J_server_bolt_advertised__address: address,
    },
  );
}
