import neo4j from 'neo4j-driver';
import type { Neo4jOptions } from '../../../src/store/neo4j/index.js';

/** The server that the whole run shares (`global-setup.ts` names it), and how to empty it. */

export const VARIABLES = {
  uri: 'TENDRIL_TEST_NEO4J',
  user: 'TENDRIL_TEST_NEO4J_USER',
  password: 'TENDRIL_TEST_NEO4J_PASSWORD',
  /** Why there is no server. */
  missing: 'TENDRIL_TEST_NEO4J_MISSING',
} as const;

/** Where the test server is. Fails where there is none. */
export function testServer(): Neo4jOptions {
  const { env } = process;
  const [uri, user, password] = [env[VARIABLES.uri], env[VARIABLES.user], env[VARIABLES.password]];
  if (uri === undefined || password === undefined) {
    throw new Error(`Neo4j is not tested: ${env[VARIABLES.missing] ?? 'no server was started'}`);
  }
  return { uri, user: user ?? 'neo4j', password };
}

/** Deletes every node but the one that says which schema there is: making that again takes long. */
export async function wipe(server: Neo4jOptions = testServer()): Promise<void> {
  const driver = neo4j.driver(server.uri, neo4j.auth.basic(server.user, server.password));
  try {
    const session = driver.session();
    await session.run(
      `MATCH (n) WHERE NOT n:TendrilSchema
       CALL { WITH n DETACH DELETE n } IN TRANSACTIONS OF 5000 ROWS`,
    );
    await session.close();
  } finally {
    await driver.close();
  }
}
