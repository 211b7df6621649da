import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, jest, test } from '@jest/globals';
import { fileInput, importSnapshots } from '../../src/import/index.js';
import { on } from '../contract/fixtures.js';
import { document, exported, ndjson, OPTIONS, withStore } from '../import/support.js';
import { openOnServer } from '../support/neo4j/opened.js';
import { testServer, wipe } from '../support/neo4j/place.js';
import { doStep, REMOVE, REVERT } from './import-steps.js';

jest.setTimeout(240_000);

const CHILD = new URL('./import-child.js', import.meta.url).pathname;

/** How many imports are killed, spread over all that a child says of its steps. */
const KILLS = 7;
/** The days on which the source was read; each snapshot changes a part of the one before. */
const DAYS = [1, 2, 3];

function snapshotOf(day: number): string {
  const all = Array.from({ length: 200 }, (_, at) => at).filter((at) => at % 17 !== day);
  return ndjson(
    document(
      'it',
      day,
      all.flatMap((at) => [
        { kind: 'Account' as const, id: `a/${at}`, name: `version ${at % day}` },
        { kind: 'Token' as const, id: `t/${at}`, family: `f${at % 9}` },
      ]),
      all.flatMap((at) => [
        { type: 'ISSUED' as const, from: `a/${at}`, to: `t/${at}` },
        { type: 'KNOWS' as const, from: `a/${all[0]}`, to: `t/${at}`, how: `day ${day}` },
      ]),
    ),
  );
}

interface Left {
  /** The last revision that the child told of. */
  readonly acknowledged: number;
  readonly lines: number;
}

/** Imports in a child that is killed some milliseconds after it has written so many lines. */
async function killed(steps: readonly string[], afterLines: number): Promise<Left> {
  const { uri } = testServer();
  const child = spawn(process.execPath, [CHILD, uri, ...steps], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let armed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (armed || said.split('\n').length <= afterLines) return;
    armed = true;
    setTimeout(() => child.kill('SIGKILL'), Math.random() * 60);
  });
  await new Promise((resolve) => child.once('close', resolve));
  const lines = said.split('\n').slice(0, -1);
  return { acknowledged: Number(lines.findLast((line) => /^\d+$/.test(line)) ?? 0), lines: lines.length };
}

/** What the embedded engine holds after each of the steps: what is written through one is in the other. */
async function statesOf(steps: readonly string[]): Promise<Record<string, string>[]> {
  return withStore(async (store) => {
    const states = [await exported(store)];
    for (const step of steps) {
      await doStep(store, step, OPTIONS);
      states.push(await exported(store));
    }
    return states;
  });
}

test(
  'an import into Neo4j that is killed leaves the last revision it told of, whole, and can be done again',
  on(openOnServer, async ({ store }) => {
    const dir = await mkdtemp(join(tmpdir(), 'crash-'));
    try {
      const files = DAYS.map((day) => join(dir, `${day}.ndjson`));
      for (const [at, file] of files.entries()) await writeFile(file, snapshotOf(DAYS[at]!));
      const steps = [...files, REVERT, REMOVE];
      const states = await statesOf(steps);
      const whole = await killed(steps, Number.POSITIVE_INFINITY);
      expect(whole.acknowledged).toBe(steps.length);
      expect(await exported(store)).toEqual(states.at(-1));
      for (let kill = 0; kill < KILLS; kill += 1) {
        await wipe();
        const { acknowledged } = await killed(steps, 1 + Math.floor((kill / KILLS) * (whole.lines - 1)));
        const { revision } = await store.head();
        // A commit may have been made and not yet told of, but none told of may be lost.
        expect([acknowledged, acknowledged + 1]).toContain(revision);
        expect([kill, await exported(store)]).toEqual([kill, states[revision]]);
      }
      // The next writer waits until the one that was killed has lost its lease, and undoes what it began.
      for (const file of files) await importSnapshots(store, [await fileInput(file)], OPTIONS);
      expect(await exported(store)).toEqual(states[DAYS.length]);
      expect((await store.diagnose()).problems).toEqual([]);
    } finally {
      await rm(dir, { recursive: true });
    }
  }),
);
