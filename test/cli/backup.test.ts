import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { openEmbedded } from '../../src/store/embedded/index.js';
import { putNew } from '../contract/fixtures.js';
import { Bench, DEMO_CLOCK, isOneSentence, outcomeOf } from './support/tendril.js';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

const inStore = (path: string) => ({ env: { TENDRIL_STORE: `sqlite:${path}` } });
const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

async function exported(store: string, name: string, ...words: string[]) {
  expect((await bench.runWith(inStore(store), 'export', '--out', bench.path(name), ...words)).code).toBe(0);
  return contents(bench.path(name));
}

test('a copy made while somebody writes is the store as it stood before', async () => {
  const before = await exported(bench.store, 'as-it-stood');
  const store = await openEmbedded({ path: bench.store });
  try {
    const draft = await store.write({ now: Date.parse(DEMO_CLOCK) });
    await putNew(draft, ['nobody/yet']);
    const copy = bench.path('meanwhile.db');
    expect(await bench.run('backup', copy)).toMatchObject({ code: 0, err: '' });
    await draft.abort();
    expect(await exported(copy, 'copied-meanwhile')).toEqual(before);
  } finally {
    await store.close();
  }
});

test('a copy made while an import runs is the store as it stood at one commit', async () => {
  await bench.run('generate', '--humans', '400', '--seed', '1', '--out', bench.path('company'));
  const files = readdirSync(bench.path('company')).map((name) => join(bench.path('company'), name));
  const before = await exported(bench.store, 'before');
  let importing = true;
  const import_ = outcomeOf(bench.start(['import', ...files])).finally(() => {
    importing = false;
  });
  const copies: string[] = [];
  while (importing) {
    copies.push(bench.path(`copy-${copies.length}.db`));
    const outcome = await bench.run('backup', copies.at(-1)!);
    expect(outcome).toEqual({ code: 0, out: `Copied to ${copies.at(-1)}.\n`, err: '' });
  }
  expect((await import_).code).toBe(0);
  const after = await exported(bench.store, 'after');
  for (const [at, copy] of [copies[0]!, copies.at(-1)!].entries()) {
    expect(statSync(copy).mode & 0o077).toBe(0);
    expect([before, after]).toContainEqual(await exported(copy, `copied-${at}`));
    expect((await bench.runWith(inStore(copy), 'audit', 'verify')).out).toContain('The chain holds');
  }
});

test('a copy takes nobody’s place, and nothing is left of one that failed', async () => {
  const taken = bench.path('taken');
  writeFileSync(taken, 'mine');
  const { code, err } = await bench.run('backup', taken);
  expect({ code, one: isOneSentence(err), text: readFileSync(taken, 'utf8') }).toEqual({
    code: 1,
    one: true,
    text: 'mine',
  });
  const nowhere = join(bench.path('nowhere'), 'copy.db');
  expect(await bench.run('backup', nowhere)).toEqual({
    code: 2,
    out: '',
    err: `${bench.path('nowhere')} is not there; check the path.\n`,
  });
  mkdirSync(bench.path('nowhere'));
  writeFileSync(`${nowhere}.part`, 'mine');
  expect((await bench.run('backup', nowhere)).code).toBe(0);
  expect(readdirSync(bench.path('nowhere')).sort()).toEqual(['copy.db', 'copy.db.part']);
  expect(readFileSync(`${nowhere}.part`, 'utf8')).toBe('mine');
});
