import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import neo4j from 'neo4j-driver';

/** A Neo4j server of our own. */
export interface OwnServer {
  readonly uri: string;
  readonly user: string;
  readonly password: string;
  readonly pid: number;
  /** Ends it, by its process id, and removes what it wrote. */
  stop(): void;
}

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const pom = join(root, 'test/support/neo4j/pom.xml');
const cache = join(root, 'node_modules/.cache/tendril-neo4j');
const USER = 'neo4j';
const OPENED = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent'];
/** A server that lives for minutes never earns back what the better compiler and collector of Java cost. */
const SHORT_LIVED = ['-Xmx1g', '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'];
/** How long a server may take until Bolt answers, in milliseconds. */
const PATIENCE = 180_000;

/**
 * Starts Neo4j Community from Maven Central on a free loopback port, and waits until Bolt answers.
 *
 * @throws an error with a sentence that says what is missing, where there is no Java or no Maven
 */
export async function startServer(say: (line: string) => void): Promise<OwnServer> {
  const classpath = classPath(say);
  const home = mkdtempSync(join(tmpdir(), 'tendril-neo4j-'));
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  configure(home, port, classpath, password);
  say(`starting Neo4j on 127.0.0.1:${port}`);
  const log = openSync(join(home, 'server.log'), 'a');
  const child = spawn(
    'java',
    [
      ...SHORT_LIVED,
      ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
      ...['-cp', classpath, 'org.neo4j.server.CommunityEntryPoint'],
      ...[`--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`],
    ],
    { stdio: ['ignore', log, log] },
  );
  const stop = () => {
    child.kill('SIGKILL');
    rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  };
  const server = { uri: `bolt://127.0.0.1:${port}`, user: USER, password, pid: child.pid ?? 0, stop };
  try {
    await untilItAnswers(server, child);
  } catch (error) {
    const told = readFileSync(join(home, 'server.log'), 'utf8').slice(-2000);
    stop();
    throw new Error(`Neo4j did not start: ${String(error)}\n${told}`);
  }
  return server;
}

/** Where Maven keeps the server and all it needs; asked once for a checkout. */
function classPath(say: (line: string) => void): string {
  const file = join(cache, 'classpath');
  if (existsSync(file)) {
    const known = readFileSync(file, 'utf8').trim();
    if (known.split(':').every((jar) => existsSync(jar))) return known;
  }
  mkdirSync(cache, { recursive: true });
  say('fetching Neo4j with Maven; the first time this takes some minutes');
  const goal = ['-q', '-B', '-f', pom, 'dependency:build-classpath', `-Dmdep.outputFile=${file}`];
  const built = spawnSync('mvn', goal, { encoding: 'utf8', timeout: 900_000 });
  if (built.error !== undefined) throw new Error('Maven is not here (mvn).');
  if (built.status !== 0) throw new Error(`Maven could not fetch Neo4j: ${built.stdout.slice(-500)}`);
  return readFileSync(file, 'utf8').trim();
}

function configure(home: string, port: number, classpath: string, password: string): void {
  const conf = join(home, 'conf');
  mkdirSync(conf, { recursive: true });
  const settings = [
    `server.bolt.listen_address=127.0.0.1:${port}`,
    `server.bolt.advertised_address=127.0.0.1:${port}`,
    'server.http.enabled=false',
    'server.https.enabled=false',
    'dbms.usage_report.enabled=false',
    'server.memory.pagecache.size=256m',
    // Every test fills and empties the database; statements need not be planned anew for that.
    'dbms.cypher.min_replan_interval=1h',
  ];
  writeFileSync(join(conf, 'neo4j.conf'), `${settings.join('\n')}\n`);
  const tool = [
    ...SHORT_LIVED,
    '-cp',
    classpath,
    'org.neo4j.cli.AdminTool',
    'dbms',
    'set-initial-password',
    password,
  ];
  const env = { ...process.env, NEO4J_HOME: home, NEO4J_CONF: conf };
  const set = spawnSync('java', tool, { encoding: 'utf8', env });
  if (set.error !== undefined) throw new Error('Java is not here (java).');
  if (set.status !== 0) throw new Error(`Neo4j takes no password: ${set.stderr.slice(-500)}`);
}

async function untilItAnswers(server: Omit<OwnServer, 'stop'>, child: ChildProcess): Promise<void> {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password), {
    connectionTimeout: 1000,
    maxTransactionRetryTime: 0,
  });
  const deadline = Date.now() + PATIENCE;
  try {
    for (;;) {
      if (child.exitCode !== null) throw new Error(`it ended with code ${child.exitCode}`);
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

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}
