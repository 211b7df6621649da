import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Bench, isOneSentence } from './support/tendril.js';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

const contents = (folder: string) =>
  Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(join(folder, name), 'utf8')]));

test('exported, imported into an empty store and exported again, it is the same bytes', async () => {
  const [first, second] = [bench.path('first'), bench.path('second')];
  const { code, out } = await bench.run('export', '--out', first);
  expect({ code, last: out.trimEnd().split('\n').at(-1) }).toEqual({
    code: 0,
    last: 'Exported revision 1: 6 files.',
  });
  expect(Object.keys(contents(first))).toContain('github%3Afennmarsh.ndjson');
  const other = { env: { TENDRIL_STORE: `sqlite:${bench.path('other.db')}` } };
  const files = readdirSync(first).map((name) => join(first, name));
  expect((await bench.runWith(other, 'import', ...files)).code).toBe(0);
  const again = await bench.runWith(other, 'export', '--out', second, '--json');
  expect(JSON.parse(again.out)).toEqual({
    revision: '1',
    files: readdirSync(second)
      .sort()
      .map((name) => join(second, name)),
  });
  expect(contents(second)).toEqual(contents(first));
});

test('one source goes to standard output; several ask for a folder', async () => {
  const { code, out } = await bench.run('export', '--source', 'hr:fennmarsh');
  expect(code).toBe(0);
  expect(JSON.parse(out.split('\n')[0] ?? '')).toMatchObject({
    source: { id: 'hr:fennmarsh' },
    mode: 'full',
  });
  const several = await bench.run('export');
  expect({ code: several.code, out: several.out }).toEqual({ code: 2, out: '' });
  expect(isOneSentence(several.err)).toBe(true);
  expect(several.err).toContain('There are 6 sources');
  expect(await bench.run('export', '--source', 'hr:nobody')).toMatchObject({ code: 1, out: '' });
});

test('--as-of gives the past, in which there may be nothing', async () => {
  expect(await bench.run('export', '--as-of', '2020-01-01')).toEqual({
    code: 0,
    out: '',
    err: 'There is nothing to export.\n',
  });
  const then = await bench.run('export', '--as-of', '2026-11-23T09:00:00Z', '--source', 'hr:fennmarsh');
  expect(then.out).toBe((await bench.run('export', '--source', 'hr:fennmarsh')).out);
});

test('of a file that cannot be written nothing stays behind', async () => {
  const folder = bench.path('taken');
  const taken = join(folder, 'aws%3Afennmarsh.ndjson');
  mkdirSync(taken, { recursive: true });
  const { code, out, err } = await bench.run('export', '--out', folder);
  expect({ code, out, err }).toEqual({ code: 2, out: '', err: `${taken} is a folder; name a file.\n` });
  expect(readdirSync(folder)).toEqual(['aws%3Afennmarsh.ndjson']);
});
