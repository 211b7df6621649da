import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { appendFacts, readEvents } from '../../../src/store/embedded/audit-table.js';
import { Connection } from '../../../src/store/embedded/connection.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { migrate, schemaVersion } from '../../../src/store/embedded/migrate.js';
import { MIGRATIONS } from '../../../src/store/embedded/migrations/index.js';
import { addRevision } from '../../../src/store/embedded/revisions.js';
import { NO_END } from '../../../src/store/rows/no-end.js';
import { commit, factOf, putNew, T0 } from '../../contract/fixtures.js';
import { refused } from '../../contract/refused.js';
import { inFolder } from './scratch.js';

/** What SQLite holds as the schema, in words that do not depend on spacing. */
function schemaOf(connection: Connection): string {
  const rows = connection.all<[string]>(
    `SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY type DESC, name`,
  );
  return `${rows.map(([sql]) => `${sql.replaceAll(/\s+/g, ' ')};`).join('\n')}\n`;
}

const BASELINE = new URL('../../../../test/store/embedded/schema.sql', import.meta.url);

describe('migrations', () => {
  test('add up to the committed baseline, and done again change nothing', async () => {
    const connection = Connection.open(':memory:', false);
    await migrate(connection);
    const schema = schemaOf(connection);
    expect(schema).toBe(await readFile(BASELINE, 'utf8'));
    expect(schemaVersion(connection)).toBe(MIGRATIONS.length);
    await migrate(connection);
    expect(schemaOf(connection)).toBe(schema);
    connection.close();
  });

  test('find the events that an older program wrote by what events are asked by now', async () => {
    const connection = Connection.open(':memory:', false);
    connection.exec(`CREATE TABLE meta (key TEXT PRIMARY KEY, value) WITHOUT ROWID; ${MIGRATIONS[0]}`);
    connection.exec(`INSERT INTO meta (key, value) VALUES ('schema', 1)`);
    appendFacts(connection, [factOf('A', { case: 'c', entity: 'e' }), factOf('B')], { revision: 1, at: T0 });
    addRevision(connection, { revision: 1, at: T0 }, null);
    await migrate(connection);
    for (const asked of [
      { case: 'c' },
      { entity: 'e' },
      { types: ['A'] },
      { types: ['A'], subject: 'ada' },
    ]) {
      expect(readEvents(connection, { ...asked, limit: 9 })).toMatchObject([{ seq: 1 }]);
    }
    connection.close();
  });

  test(
    'find people of an older store by the form of their address that is compared',
    inFolder(async (folder) => {
      const path = join(folder, 'graph.db');
      const properties = { email: 'Ａda@acme.example' };
      const store = await openEmbedded({ path });
      await commit(store, (draft) => putNew(draft, ['a'], { properties }));
      await store.close();
      const connection = Connection.open(path, false);
      connection.run('UPDATE entity SET email = ?', properties.email.toLowerCase());
      connection.run(`UPDATE meta SET value = 4 WHERE key = 'schema'`);
      connection.close();
      const again = await openEmbedded({ path });
      expect(await again.humansByEmail(['ada@acme.example'], 1)).toMatchObject([{ id: 'a', properties }]);
      await again.close();
    }),
  );

  test('write the end of time as the code knows it', () => {
    expect(MIGRATIONS.join('')).toContain(`to_rev = ${NO_END}`);
  });

  test(
    'refuse a store of a newer program, and leave it as it is',
    inFolder(async (folder) => {
      const path = join(folder, 'graph.db');
      const store = await openEmbedded({ path });
      await commit(store, (draft) => putNew(draft, ['a']));
      await store.close();
      const connection = Connection.open(path, false);
      connection.run(`UPDATE meta SET value = ? WHERE key = 'schema'`, MIGRATIONS.length + 1);
      connection.close();
      await refused('UNAVAILABLE', openEmbedded({ path }));
      await expect(openEmbedded({ path })).rejects.toThrow(/newer Tendril .* start that version/);
      const again = Connection.open(path, true);
      expect(schemaVersion(again)).toBe(MIGRATIONS.length + 1);
      again.close();
    }),
  );

  test(
    'refuse a database of another program, and leave it as it is',
    inFolder(async (folder) => {
      const path = join(folder, 'theirs.db');
      const theirs = Connection.open(path, false);
      theirs.exec('CREATE TABLE mail (subject TEXT)');
      theirs.close();
      await expect(openEmbedded({ path })).rejects.toThrow(/not a Tendril store; name another path/);
      const again = Connection.open(path, true);
      expect(again.all('SELECT name FROM sqlite_schema')).toEqual([['mail']]);
      again.close();
    }),
  );

  test(
    'that fail leave the file as it was',
    inFolder(async (folder) => {
      const path = join(folder, 'graph.db');
      const connection = Connection.open(path, false);
      connection.exec('PRAGMA max_page_count = 6');
      await refused('UNAVAILABLE', migrate(connection));
      expect(schemaVersion(connection)).toBe(0);
      connection.close();
      const store = await openEmbedded({ path });
      expect((await store.diagnose()).problems).toEqual([]);
      await store.close();
    }),
  );
});
