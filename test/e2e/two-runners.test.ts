import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { requireCase } from '../../src/offboarding/case/case-documents.js';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { executing } from '../offboarding/execute/carry-out.js';
import { departure } from '../offboarding/execute/departure.js';
import { importAt, openCaseContext } from '../support/case-context.js';
import { untilSo } from '../support/until.js';

const CHILD = new URL('./runner-child.js', import.meta.url).pathname;

let dir = '';
const children: ChildProcess[] = [];

beforeAll(async () => {
  dir = await mkdtemp(join(tmpdir(), 'two-runners-'));
});

afterAll(async () => {
  for (const child of children) child.kill('SIGKILL');
  await rm(dir, { recursive: true });
});

const path = () => join(dir, 'graph.db');
const recorder = () => join(dir, 'asked');
const given = () => join(dir, 'given.json');

/** What was asked for outside: who asked, and under which key. */
function asked(): string[][] {
  if (!existsSync(recorder())) return [];
  const lines = readFileSync(recorder(), 'utf8').trimEnd().split('\n');
  return lines.map((line) => line.split(' '));
}

/** Starts an instance, and returns when it looks for cases. */
async function instance(name: string, manner: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [CHILD, path(), given(), recorder(), name, manner], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [said] = await Promise.race([once(child.stdout!, 'data'), once(child, 'close')]);
  expect(String(said)).toBe('ready\n');
  return child;
}

const ended = (child: ChildProcess, signal: NodeJS.Signals) =>
  new Promise((resolve) => {
    child.once('close', resolve);
    child.kill(signal);
  });

test('of two instances one carries a case out, and the other goes on when that one is killed over a call', async () => {
  const store = await openEmbedded({ path: path() });
  const caseContext = await openCaseContext({ store });
  await writeFile(given(), JSON.stringify({ policy: caseContext.policy, now: caseContext.clock.now() }));
  await importAt(caseContext, departure({ it: 'OUTSIDE', paper: 'OUTSIDE' }));
  const { id } = await executing(caseContext);
  const first = await instance('first', 'hangs');
  await untilSo(() => asked().length > 0);
  const second = await instance('second', 'answers');
  await ended(first, 'SIGKILL');
  await untilSo(async () => (await requireCase(store.journal, id)).state === 'VERIFIED');
  await ended(second, 'SIGTERM');
  const all = asked();
  const [[, interrupted]] = all as [string[]];
  // The one call that the first died over was asked for again, under its key; all else by the second, once.
  expect(all.filter(([who]) => who === 'first')).toHaveLength(1);
  const keys = all.filter(([who]) => who === 'second').map(([, key]) => key);
  expect(keys).toContain(interrupted);
  expect(new Set(keys).size).toBe(keys.length);
  const { fencing } = await requireCase(store.journal, id);
  expect(fencing).toBe(2);
  await store.close();
}, 300_000);
