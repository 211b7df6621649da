import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import { Connection } from '../../../src/store/embedded/connection.js';
import { openEmbedded } from '../../../src/store/embedded/index.js';
import { commit, factOf, putNew } from '../../contract/fixtures.js';
import { inFolder } from './scratch.js';

/** The problems that `diagnose` finds after a change of the file by another program. */
async function diagnosisAfter(folder: string, sql: string): Promise<readonly string[]> {
  const path = join(folder, 'graph.db');
  const store = await openEmbedded({ path });
  await commit(store, (draft) => putNew(draft, ['a', 'b', 'c']), { facts: [factOf('A'), factOf('B')] });
  await store.close();
  const connection = Connection.open(path, false);
  connection.exec(sql);
  connection.close();
  const again = await openEmbedded({ path });
  const { problems } = await again.diagnose();
  await again.close();
  return problems;
}

describe('diagnose tells', () => {
  test.each([
    ['nothing of a store in order', 'SELECT 1', undefined],
    ['a gap in the dictionary', 'DELETE FROM node WHERE n = 2', /dictionary of ids has gaps/],
    [
      'a changed event',
      `UPDATE audit SET event = replace(event, '"B"', '"C"')`,
      /audit chain does not hold at event 2/,
    ],
    ['a lost event', 'DELETE FROM audit WHERE seq = 1', /audit chain does not hold/],
    ['an event of a revision that is not', 'DELETE FROM revision', /audit chain does not hold/],
  ])('%s', (_, sql, expected) =>
    inFolder(async (folder) => {
      const problems = await diagnosisAfter(folder, sql);
      expect(problems).toHaveLength(expected === undefined ? 0 : 1);
      if (expected !== undefined) expect(problems[0]).toMatch(expected);
    })(),
  );
});
