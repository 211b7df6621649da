import { dockerAnswers, startDockerServer } from './docker-server.js';
import type { OwnServer } from './kept-process.js';
import { startMavenServer, type Use } from './maven-server.js';

/**
 * Starts a Neo4j server of our own: with Docker where an engine answers, else with Maven.
 *
 * @param use what it has to be good at: to start soon, or to bear load
 * @throws an error with a sentence that says what is missing, where neither can
 */
export async function startServer(say: (line: string) => void, use: Use = 'tests'): Promise<OwnServer> {
  if (!dockerAnswers()) return startMavenServer(say, use);
  try {
    return await startDockerServer(say);
  } catch (error) {
    say(`Docker starts no Neo4j, trying Maven: ${sentenceOf(error)}`);
    return startMavenServer(say, use);
  }
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
