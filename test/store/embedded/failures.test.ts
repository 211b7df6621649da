import { copyFile, mkdir, open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Connection } from '../../../src/store/embedded/connection.js';
import { EmbeddedStore } from '../../../src/store/embedded/embedded-store.js';
import { asTendrilError } from '../../../src/store/embedded/failures.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { migrate } from '../../../src/store/embedded/migrate.js';
import { commit, EVERYTHING, linkOf, putNew, T0 } from '../../contract/fixtures.js';
import { refused } from '../../contract/refused.js';
import { inFolder } from './scratch.js';

describe('the error of a store that cannot be used names a remedy', () => {
  test(
    'where the path is a folder, or leads through a file',
    inFolder(async (folder) => {
      await expect(openEmbedded({ path: folder })).rejects.toThrow(/is a folder; name a file in it/);
      await writeFile(join(folder, 'file'), '');
      await expect(openEmbedded({ path: join(folder, 'file', 'graph.db') })).rejects.toThrow(
        /name another path/,
      );
    }),
  );

  test(
    'where the file is no database, or is damaged',
    inFolder(async (folder) => {
      const text = join(folder, 'notes.txt');
      await writeFile(text, 'These are notes. '.repeat(500));
      await expect(openEmbedded({ path: text })).rejects.toThrow(/not a Tendril store; name another path/);
      const path = join(folder, 'graph.db');
      const store = await openEmbedded({ path });
      const ids = Array.from({ length: 3000 }, (_, at) => `e${at}`);
      await commit(store, (draft) => putNew(draft, ids));
      await store.close();
      const file = await open(path, 'r+');
      const { size } = await file.stat();
      await file.write(Buffer.alloc(size - 65_536, 0x5a), 0, size - 65_536, 65_536);
      await file.close();
      const damaged = await openEmbedded({ path });
      await refused('UNAVAILABLE', damaged.list(EVERYTHING, 1));
      const { problems } = await damaged.diagnose();
      expect(problems.join()).toMatch(/damaged .*put back a copy/);
      await damaged.close();
    }),
  );

  test(
    'where it is read only',
    inFolder(async (folder) => {
      const path = join(folder, 'graph.db');
      await expect(openEmbedded({ path, readOnly: true })).rejects.toThrow(/There is no store at/);
      const store = await openEmbedded({ path });
      await commit(store, (draft) => putNew(draft, ['a']));
      const reader = await openEmbedded({ path, readOnly: true });
      expect((await reader.entities(['a'], 1))[0]?.id).toBe('a');
      await expect(reader.write({ now: T0 })).rejects.toThrow(/opened for reading; open it for writing/);
      await commit(store, (draft) => putNew(draft, ['b']));
      expect((await reader.head()).revision).toBe(2);
      await reader.close();
      await store.close();
    }),
  );

  test(
    'where the disk is full: nothing was written, and the store goes on',
    inFolder(async (folder) => {
      const connection = Connection.open(join(folder, 'graph.db'), false);
      await migrate(connection);
      const store = new EmbeddedStore(connection);
      const before = await commit(store, (draft) => putNew(draft, ['a']));
      connection.exec('PRAGMA max_page_count = 60');
      const ids = Array.from({ length: 5000 }, (_, at) => `e${at}`);
      const draft = await store.write({ now: T0 });
      await expect(putNew(draft, ids)).rejects.toThrow(/is full; make room and try again/);
      await expect(draft.commit([])).rejects.toThrow();
      expect(await store.head()).toEqual(before);
      expect((await store.list(EVERYTHING, 9)).total).toBe(1);
      connection.exec('PRAGMA max_page_count = 100000');
      await commit(store, (again) => putNew(again, ids));
      expect((await store.list(EVERYTHING, 2)).total).toBe(5001);
      expect((await store.diagnose()).problems).toEqual([]);
      await store.close();
    }),
  );

  test('one sentence for each thing that SQLite refuses, with its error kept inside', () => {
    for (const code of [3, 5, 6, 8, 10, 11, 13, 14, 23, 26]) {
      const cause = Object.assign(new Error('database is locked'), { sqliteCode: code | (3 << 8) });
      const error = asTendrilError(cause, 'PLACE');
      expect(error).toMatchObject({ code: 'UNAVAILABLE', cause });
      expect(String(error)).toMatch(/PLACE.*(;|:) .+\.$/);
      expect(String(error)).not.toMatch(/database is|SQLite|errno/i);
    }
    const other = new Error('a mistake of ours');
    expect(asTendrilError(other, 'PLACE')).toBe(other);
  });
});

describe('the file', () => {
  test(
    'is made with its folders, and is whole once the store is closed',
    inFolder(async (folder) => {
      const path = join(folder, 'a', 'b', 'graph.db');
      await mkdir(join(folder, 'a'));
      const store = await openEmbedded({ path });
      await commit(store, (draft) => putNew(draft, ['a']));
      await store.close();
      await copyFile(path, join(folder, 'copy.db'));
      const copy = await openEmbedded({ path: join(folder, 'copy.db') });
      expect((await copy.entities(['a'], 1))[0]?.id).toBe('a');
      await copy.close();
    }),
  );

  test('may be memory, which lasts as long as the handle', async () => {
    const store = await openEmbedded({ path: ':memory:' });
    await commit(store, async (draft) => {
      await putNew(draft, ['a', 'b']);
      await draft.putRelationships([linkOf('OWNS', 1, 2)]);
    });
    expect(await store.diagnose()).toMatchObject({ problems: [], entities: 2, relationships: 1 });
    await store.close();
  });
});
