import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from './free-port.js';
import { type OwnServer, startKept } from './kept-process.js';

const root = fileURLToPath(new URL('../../../../', import.meta.url));
const pom = join(root, 'test/support/neo4j/pom.xml');
const cache = join(root, 'node_modules/.cache/tendril-neo4j');
const USER = 'neo4j';
const OPENED = ['java.nio', 'java.io', 'sun.nio.ch', 'java.util.concurrent'];
const HEAP = '-Xmx1g';

/** What a server is for: one that lives for minutes never earns back what Java's better compiler and collector cost. */
export type Use = 'tests' | 'load';
const JAVA: Readonly<Record<Use, readonly string[]>> = {
  tests: [HEAP, '-XX:TieredStopAtLevel=1', '-XX:+UseSerialGC'],
  load: [HEAP],
};

/**
 * Starts Neo4j Community from Maven Central on a free loopback port, and waits until Bolt answers.
 *
 * @throws an error with a sentence that says what is missing, where there is no Java or no Maven
 */
export async function startMavenServer(say: (line: string) => void, use: Use): Promise<OwnServer> {
  const classpath = classPath(say);
  const home = mkdtempSync(join(tmpdir(), 'tendril-neo4j-'));
  const port = await freePort();
  const password = randomBytes(12).toString('hex');
  try {
    configure(home, port, classpath, password);
  } catch (error) {
    rmSync(home, { recursive: true, force: true });
    throw error;
  }
  say(`starting Neo4j on 127.0.0.1:${port}`);
  const command = [
    'java',
    ...JAVA[use],
    ...OPENED.map((name) => `--add-opens=java.base/${name}=ALL-UNNAMED`),
    ...['-cp', classpath, 'org.neo4j.server.CommunityEntryPoint'],
    ...[`--home-dir=${home}`, `--config-dir=${join(home, 'conf')}`],
  ] as const;
  const place = { uri: `bolt://127.0.0.1:${port}`, user: USER, password };
  return startKept(place, { command: [...command], folder: home });
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
    ...JAVA.tests,
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
