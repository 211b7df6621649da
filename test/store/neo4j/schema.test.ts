import { describe, expect, jest, test } from '@jest/globals';
import { openNeo4j } from '../../../src/store/neo4j/index.js';
import { readMigrations } from '../../../src/store/neo4j/migrations.js';
import { commit, on, putNew } from '../../contract/fixtures.js';
import { openOnServer } from '../../support/neo4j/opened.js';
import { testServer } from '../../support/neo4j/place.js';
import { byHand } from './support.js';

jest.setTimeout(240_000);

const NAMES = `SHOW INDEXES YIELD name, state WHERE name STARTS WITH 'tendril' RETURN name, state ORDER BY name`;

describe('the schema', () => {
  test('every statement may be run again, and names what it makes', () => {
    const statements = readMigrations().flatMap((migration) => migration.statements);
    expect(statements.length).toBeGreaterThan(10);
    expect(
      statements.filter((one) => !/^CREATE (CONSTRAINT|INDEX) tendril_\w+ IF NOT EXISTS FOR /.test(one)),
    ).toEqual([]);
  });

  test(
    'is made also where several open an empty database at once',
    on(openOnServer, async () => {
      const whole = await byHand(NAMES);
      for (const { name } of whole) {
        await byHand(`DROP CONSTRAINT ${name} IF EXISTS`);
        await byHand(`DROP INDEX ${name} IF EXISTS`);
      }
      await byHand('MATCH (n) DETACH DELETE n');
      const opened = await Promise.allSettled([1, 2, 3, 4].map(() => openNeo4j(testServer())));
      for (const one of opened) if (one.status === 'fulfilled') await one.value.close();
      const again = await openNeo4j(testServer());
      await again.close();
      expect(opened.map(({ status }) => status)).toEqual(Array(4).fill('fulfilled'));
      expect(await byHand(NAMES)).toEqual(whole);
    }),
  );

  test(
    'is made once, also where several processes open the store at once; the sum is the same',
    on(openOnServer, async () => {
      const whole = await byHand(NAMES);
      expect(whole.every(({ state }) => state === 'ONLINE')).toBe(true);
      for (const { name } of whole.slice(0, 3)) {
        await byHand(`DROP CONSTRAINT ${name} IF EXISTS`);
        await byHand(`DROP INDEX ${name} IF EXISTS`);
      }
      await byHand('MATCH (s:TendrilSchema) SET s.version = 0');
      const stores = await Promise.all([1, 2, 3].map(() => openNeo4j(testServer())));
      expect(await byHand(NAMES)).toEqual(whole);
      expect(await byHand('MATCH (s:TendrilSchema) RETURN s.version AS version, s.owner AS owner')).toEqual([
        { version: readMigrations().length, owner: null },
      ]);
      for (const store of stores) await store.close();
    }),
  );

  test(
    'finds people of an older store by the form of their address that is compared',
    on(openOnServer, async ({ store, reopen }) => {
      const properties = { email: 'Ａda@acme.example' };
      await commit(store, (draft) => putNew(draft, ['a'], { properties }));
      await byHand(`MATCH (v:TendrilVersion) SET v.email = '${properties.email.toLowerCase()}'`);
      await byHand('MATCH (s:TendrilSchema) SET s.version = 3');
      const again = await reopen();
      expect(await again.humansByEmail(['ada@acme.example'], 1)).toMatchObject([{ id: 'a', properties }]);
    }),
  );
});
