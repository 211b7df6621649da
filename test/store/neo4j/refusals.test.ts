import { describe, expect, jest, test } from '@jest/globals';
import { type Neo4jOptions, openNeo4j } from '../../../src/store/neo4j/index.js';
import { commit, on, putNew } from '../../contract/fixtures.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { testServer, wipe } from '../../support/neo4j/place.js';
import { takeTurn } from '../../support/neo4j/turn.js';
import { byHand } from './support.js';

jest.setTimeout(240_000);

const PASSWORD = 'not-the-password-7f3a';

/** The one sentence that opening ends with. */
async function refusal(over: Partial<Neo4jOptions>): Promise<string> {
  const opened = openNeo4j({ ...testServer(), ...over }).then(async (store) => {
    await store.close();
    return 'opened';
  });
  const error = (await opened.catch((reason: unknown) => reason)) as { code?: string; message: string };
  expect(error).toMatchObject({ name: 'TendrilError', code: 'UNAVAILABLE' });
  expect(error.message).not.toContain(over.password ?? testServer().password);
  expect(error.message.match(/[.]( |$)/g)).toHaveLength(1);
  return error.message;
}

describe('the error of a store that cannot be opened names a remedy', () => {
  test('the password, by the name of its variable', async () => {
    expect(await refusal({ password: PASSWORD })).toContain('TENDRIL_NEO4J_PASSWORD');
  });

  test('the database', async () => {
    expect(await refusal({ database: 'nosuchdatabase' })).toContain('TENDRIL_NEO4J_DATABASE');
  });

  test.each(['http://127.0.0.1:7474', 'bolt://', 'nonsense'])('the address %s', async (uri) => {
    expect(await refusal({ uri })).toContain('TENDRIL_STORE');
  });

  test('an address with credentials in it, without repeating them', async () => {
    const { host } = new URL(testServer().uri);
    const said = await refusal({ uri: `bolt://me:${PASSWORD}@${host}`, password: PASSWORD });
    expect(said).toContain('TENDRIL_STORE');
  });

  test('a server that is not there', async () => {
    expect(await refusal({ uri: 'bolt://127.0.0.1:1' })).toContain('TENDRIL_STORE');
  });

  test('a database that another program has filled, and leaves it as it was', async () => {
    const endTurn = await takeTurn();
    try {
      await wipe();
      await byHand(`CREATE (:Entity {name: 'theirs'})`);
      expect(await refusal({})).toContain('TENDRIL_NEO4J_DATABASE');
      expect(await byHand('MATCH (n) WHERE NOT n:TendrilSchema RETURN labels(n) AS labels')).toEqual([
        { labels: ['Entity'] },
      ]);
    } finally {
      await wipe();
      endTurn();
    }
  });

  test(
    'a store of a newer program',
    on(openOnServer, async ({ store }) => {
      await commit(store, (draft) => putNew(draft, ['a']));
      const [before] = await byHand('MATCH (s:TendrilSchema) RETURN s.version AS version');
      await byHand('MATCH (s:TendrilSchema) SET s.version = 99');
      try {
        expect(await refusal({})).toContain('newer Tendril');
        // What is open already goes on, and can say so.
        expect(await store.schema.version()).toBe(99);
      } finally {
        await byHand('MATCH (s:TendrilSchema) SET s.version = toInteger($version)', before);
      }
    }),
  );
});

describe('diagnosis', () => {
  test(
    'tells of nodes that another program has put into the store',
    on(openOnServer, async ({ store }) => {
      await byHand(`CREATE (:Entity {name: 'theirs'})`);
      const { problems } = await store.diagnose();
      expect(problems).toEqual([expect.stringContaining('Another program has put 1 node')]);
    }),
  );
});
