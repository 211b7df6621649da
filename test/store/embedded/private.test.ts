import { chmod, mkdir, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { spool } from '../../../src/import/read/spool.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { commit, factOf, putNew } from '../../contract/fixtures.js';
import { inFolder } from './scratch.js';

const rightsOf = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);

async function* nothing(): AsyncGenerator<Uint8Array> {}

test(
  'what a store makes is for its owner alone: folders, file, and what SQLite puts beside it',
  inFolder(async (folder) => {
    const path = join(folder, 'new', 'one', 'graph.db');
    const store = await openEmbedded({ path });
    try {
      await commit(store, (draft) => putNew(draft, ['a']), { facts: [factOf('A')] });
      const made = [join(folder, 'new'), join(folder, 'new/one'), path, `${path}-wal`, `${path}-shm`];
      expect(await Promise.all(made.map(rightsOf))).toEqual(['700', '700', '600', '600', '600']);
    } finally {
      await store.close();
    }
  }),
);

test(
  'an existing file keeps its permissions',
  inFolder(async (folder) => {
    const path = join(folder, 'shared', 'graph.db');
    await mkdir(join(folder, 'shared'));
    await writeFile(path, '');
    await chmod(join(folder, 'shared'), 0o750);
    await chmod(path, 0o640);
    await (await openEmbedded({ path })).close();
    expect([await rightsOf(join(folder, 'shared')), await rightsOf(path)]).toEqual(['750', '640']);
  }),
);

test(
  'a snapshot that waits is for its owner alone',
  inFolder(async (folder) => {
    const { input, remove } = await spool(nothing(), join(folder, 'incoming'), 10);
    expect(input.name).toBe('snapshot');
    expect(await rightsOf(join(folder, 'incoming'))).toBe('700');
    await remove();
  }),
);
