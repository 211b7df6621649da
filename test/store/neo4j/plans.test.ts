import { describe, expect, jest, test } from '@jest/globals';
import neo4j, { type Plan, type ProfiledPlan } from 'neo4j-driver';
import { bothEnds } from '../../../src/store/neo4j/both-ends.js';
import { STANDS } from '../../../src/store/neo4j/relationship-row.js';
import { commit, linkOf, on, putNew } from '../../contract/fixtures.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { testServer } from '../../support/neo4j/place.js';

jest.setTimeout(240_000);

/** How the server would carry a statement out. */
async function operatorsOf(cypher: string): Promise<string[]> {
  const { uri, user, password } = testServer();
  const driver = neo4j.driver(uri, neo4j.auth.basic(user, password));
  const names = ({ operatorType, children }: Plan | ProfiledPlan): string[] => [
    operatorType.replace(/@.*/, ''),
    ...children.flatMap(names),
  ];
  try {
    const { summary } = await driver.executeQuery(`EXPLAIN ${cypher}`, { p: { keys: [] } });
    return names(summary.plan as Plan);
  } finally {
    await driver.close();
  }
}

describe('plans of the server', () => {
  test(
    'what lies between two entities is looked for between the two, however much else one of them has',
    on(openOnServer, async ({ store }) => {
      const ids = Array.from({ length: 2000 }, (_, at) => `e${at}`);
      await commit(store, async (draft) => {
        const [hub = 0, ...others] = await putNew(draft, ids);
        await draft.putRelationships(others.slice(0, 500).map((other) => linkOf('MEMBER_OF', other, hub)));
      });
      const operators = await operatorsOf(
        `WITH 1 AS at UNWIND $p.keys AS key ${bothEnds('Entity', 'key', 'at')}
         MATCH (a)-[r:MEMBER_OF]->(b) WHERE r.code % 128 = key[2] AND ${STANDS}
         RETURN r.code, a.number, a.id, b.number, b.id`,
      );
      expect(operators).toContain('Expand(Into)');
      expect(operators).not.toContain('Expand(All)');
    }),
  );
});
