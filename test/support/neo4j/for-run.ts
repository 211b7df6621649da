import { VARIABLES } from './place.js';
import { keep } from './running.js';
import { sentenceOf, startServer } from './start-server.js';

/** Whether a run has tests of Neo4j: those have it in their path. */
function wanted(words: readonly string[]): boolean {
  const paths = words.filter((word) => /^(build\/)?test\b/.test(word));
  return paths.length === 0 || paths.some((path) => path.includes('neo4j'));
}

/**
 * Sees to a Neo4j server for the whole run: the one that `TENDRIL_TEST_NEO4J` names, else one of our own, which
 * the environment then names. Where there can be none, a visible line says that Neo4j is not tested and why.
 *
 * @param words what the run was started with
 * @returns whether there is one, or none is wanted
 */
export async function serverForRun(words: readonly string[]): Promise<boolean> {
  if (!wanted(words) || process.env[VARIABLES.uri] !== undefined) return true;
  const say = (line: string) => process.stderr.write(`tests: ${line}\n`);
  try {
    const server = keep(await startServer(say));
    process.env[VARIABLES.uri] = server.uri;
    process.env[VARIABLES.user] = server.user;
    process.env[VARIABLES.password] = server.password;
    return true;
  } catch (error) {
    const why = sentenceOf(error);
    process.env[VARIABLES.missing] = why;
    say(`Neo4j is NOT tested: ${why}`);
    return false;
  }
}
