import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import type { Context } from '../../src/cli/context.js';
import { importFiles } from '../../src/cli/importing.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { Bench } from './support/tendril.js';

let bench: Bench;
beforeEach(() => {
  bench = new Bench();
});
afterEach(() => bench.remove());

/**
 * Imports while another writer has the store; gives what stderr was told.
 *
 * @param held how long that one has it; it is given what settles when something is told
 */
async function told(watched: boolean, held: (isTold: Promise<void>) => Promise<unknown>): Promise<string[]> {
  const file = bench.path('hr.ndjson');
  const header = { source: { id: 'hr', syncedAt: '2026-11-01T00:00:00.000Z' }, mode: 'full' };
  const lines = [header, { entity: { kind: 'Human', id: 'hr/ada' } }];
  writeFileSync(file, lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
  const notes: string[] = [];
  let tell = () => {};
  const isTold = new Promise<void>((resolve) => {
    tell = resolve;
  });
  const context: Context = {
    environment: { TENDRIL_STORE: `sqlite:${bench.store}` },
    json: false,
    terminal: { width: undefined, colour: false },
    watched,
    exitCode: 0,
    print: () => {},
    note: (sentence) => {
      notes.push(sentence);
      tell();
    },
  };
  const other = await openEmbedded({ path: bench.store });
  const draft = await other.write({ now: Date.now() });
  const done = held(isTold).then(() => draft.abort());
  try {
    await importFiles(context, [file], {});
  } finally {
    await done;
    await other.close();
  }
  return notes;
}

test('whoever watches is told that another writer has the store', async () => {
  expect(await told(true, (isTold) => isTold)).toEqual(['Waiting for another writer of the store …']);
});

test('nobody is told what does not last, nor where nobody watches', async () => {
  expect(await told(true, () => sleep(300))).toEqual([]);
  expect(await told(false, () => sleep(2500))).toEqual([]);
});
