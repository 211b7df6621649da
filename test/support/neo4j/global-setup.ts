import { startServer } from './maven-server.js';
import { VARIABLES } from './place.js';
import { keep } from './running.js';

/** Whether this run has tests of Neo4j: those have it in their path. */
function wanted(): boolean {
  const paths = process.argv.slice(2).filter((argument) => /^(build\/)?test\b/.test(argument));
  return paths.length === 0 || paths.some((path) => path.includes('neo4j'));
}

/**
 * Finds a Neo4j server for the whole run: the one that `TENDRIL_TEST_NEO4J` names, else one of our own. Where
 * there can be none, a visible line says that Neo4j is not tested and why, and its tests fail.
 */
export default async function setup(): Promise<void> {
  if (!wanted() || process.env[VARIABLES.uri] !== undefined) return;
  const say = (line: string) => process.stderr.write(`tests: ${line}\n`);
  try {
    const server = keep(await startServer(say));
    process.env[VARIABLES.uri] = server.uri;
    process.env[VARIABLES.user] = server.user;
    process.env[VARIABLES.password] = server.password;
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    process.env.TENDRIL_TEST_NEO4J_MISSING = why;
    say(`Neo4j is NOT tested: ${why}`);
  }
}
