import { dockerAnswers, startDockerServer } from './docker-server.js';
import type { OwnServer } from './kept-process.js';
import { startMavenServer } from './maven-server.js';

/**
 * Starts a Neo4j server of our own: with Docker where an engine answers, else with Maven.
 *
 * @throws an error with a sentence that says what is missing, where neither can
 */
export async function startServer(say: (line: string) => void): Promise<OwnServer> {
  if (!dockerAnswers()) return startMavenServer(say);
  try {
    return await startDockerServer(say);
  } catch (error) {
    say(`Docker starts no Neo4j, trying Maven: ${sentenceOf(error)}`);
    return startMavenServer(say);
  }
}

export function sentenceOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
