import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { fileInput, importSnapshots } from '../../src/import/index.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import type { Store } from '../../src/store/store.js';
import { document, exported, ndjson, OPTIONS } from '../import/support.js';
import { REMOVE, REVERT } from './import-steps.js';

const CHILD = new URL('./import-child.js', import.meta.url).pathname;

/** How many imports are killed. */
const KILLS = 50;

/** How many run at the same time. */
const AT_ONCE = 5;

/** The days on which the source was read; each snapshot changes a part of the one before. */
const DAYS = [1, 2, 3];

let dir = '';
let files: string[] = [];

/** What the child does: imports, then takes the last one back, then removes the source. */
const steps = () => [...files, REVERT, REMOVE];

/** A source of a few thousand lines that is a little different each day. */
function snapshotOf(day: number): string {
  const all = Array.from({ length: 300 }, (_, at) => at).filter((at) => at % 17 !== day);
  const accounts = all.map((at) => ({
    kind: 'Account' as const,
    id: `a/${at}`,
    name: `version ${at % day}`,
  }));
  const tokens = all.map((at) => ({ kind: 'Token' as const, id: `t/${at}`, family: `f${at % 9}` }));
  const issued = all.map((at) => ({ type: 'ISSUED' as const, from: `a/${at}`, to: `t/${at}` }));
  const knows = all.map((at) => ({
    type: 'KNOWS' as const,
    from: `a/${all[0]}`,
    to: `t/${at}`,
    how: `day ${day}`,
  }));
  return ndjson(document('it', day, [...accounts, ...tokens], [...issued, ...knows]));
}

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'crash-'));
  for (const day of DAYS) await writeFile(join(dir, `${day}.ndjson`), snapshotOf(day));
  files = DAYS.map((day) => join(dir, `${day}.ndjson`));
});

afterAll(() => rm(dir, { recursive: true }));

/** Milliseconds that a step of such an import takes, about. */
const STEP = 20;

interface Left {
  /** The last revision that the child told of. */
  readonly acknowledged: number;
  /** How many lines it wrote. */
  readonly lines: number;
}

/** Imports in a child that is killed some milliseconds after it has written so many lines. */
async function killed(path: string, afterLines: number, delay: number): Promise<Left> {
  const child = spawn(process.execPath, [CHILD, path, ...steps()], { stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  let armed = false;
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
    if (armed || said.split('\n').length <= afterLines) return;
    armed = true;
    setTimeout(() => child.kill('SIGKILL'), delay);
  });
  await new Promise((resolve) => child.once('close', resolve));
  const lines = said.split('\n').slice(0, -1);
  const acknowledged = Number(lines.findLast((line) => /^\d+$/.test(line)) ?? 0);
  return { acknowledged, lines: lines.length };
}

async function withFile<T>(path: string, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openEmbedded({ path });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}

/** Kills one import at a moment, and looks at what it left behind; gives the revision. */
async function killAndLook(kill: number, afterLines: number, states: readonly unknown[]): Promise<number> {
  const path = join(dir, `${kill}.db`);
  const { acknowledged } = await killed(path, afterLines, Math.random() * STEP);
  return withFile(path, async (store) => {
    const { revision } = await store.head();
    // A commit may have been made and not yet told of, but none told of may be lost.
    expect([acknowledged, acknowledged + 1]).toContain(revision);
    expect(await exported(store)).toEqual(states[revision]);
    expect((await store.diagnose()).problems).toEqual([]);
    if (kill % 5 === 0) {
      for (const file of files) await importSnapshots(store, [await fileInput(file)], OPTIONS);
      expect(await exported(store)).toEqual(states[DAYS.length]);
    }
    return revision;
  });
}

test('an import that is killed leaves the last revision it told of, whole, and can be done again', async () => {
  const whole = join(dir, 'whole.db');
  const { lines } = await killed(whole, Number.POSITIVE_INFINITY, 0);
  const states = await withFile(whole, (store) =>
    Promise.all([0, ...steps().map((_, at) => at + 1)].map((at) => exported(store, at))),
  );
  const found = new Set<number>();
  for (let kill = 0; kill < KILLS; kill += AT_ONCE) {
    const kills = Array.from({ length: Math.min(AT_ONCE, KILLS - kill) }, (_, at) => kill + at);
    // Spread over all steps of all imports, at a random moment of each.
    const looks = kills.map((one) => killAndLook(one, 1 + Math.floor((one / KILLS) * (lines - 1)), states));
    for (const revision of await Promise.all(looks)) found.add(revision);
  }
  // Some were killed before there was anything, some later.
  expect(found.size).toBeGreaterThan(1);
}, 600_000);
