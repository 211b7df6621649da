import neo4j from 'neo4j-driver';
import { testServer } from '../../support/neo4j/place.js';

/** Runs a statement by hand, as a person would: each record as an object, integers as numbers. */
export async function byHand(
  cypher: string,
  parameters: Readonly<Record<string, unknown>> = {},
): Promise<Record<string, unknown>[]> {
  const { uri, user, password } = testServer();
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password), { disableLosslessIntegers: true });
  try {
    const { records } = await driver.executeQuery(cypher, parameters);
    return records.map((record) => record.toObject());
  } finally {
    await driver.close();
  }
}
