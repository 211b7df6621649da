import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { generateCompany } from '../../src/generate/generate.js';
import { type WriteProgress, type WrittenSource, writeCompany } from '../../src/generate/write.js';
import { digest } from './support.js';

const OPTIONS = { humans: 1500, seed: 'files' };

let directory = '';
let written: readonly WrittenSource[] = [];
const progress: WriteProgress[] = [];

beforeAll(async () => {
  directory = await mkdtemp(join(tmpdir(), 'tendril-generate-'));
  written = await writeCompany(OPTIONS, join(directory, 'new', 'folder'), (at) => progress.push(at));
});

afterAll(async () => {
  await rm(directory, { recursive: true });
});

test('one file a source, named by its id', async () => {
  const expected = generateCompany(OPTIONS).map(
    ({ header }) => `${encodeURIComponent(header.source.id)}.ndjson`,
  );
  expect((await readdir(join(directory, 'new', 'folder'))).sort()).toEqual(expected.sort());
  expect(expected).toContain('github%3Ahalden.ndjson');
});

test('the files hold the bytes that are generated', async () => {
  const hash = createHash('sha256');
  for (const { path } of written) hash.update(await readFile(path));
  expect(hash.digest('hex')).toBe(digest(OPTIONS));
});

test('lines are counted, and progress is told on the way and at the end', async () => {
  for (const { source, path, lines } of written) {
    const text = await readFile(path, 'utf8');
    expect(text.split('\n').length - 2).toBe(lines);
    expect(progress.filter((at) => at.source === source).at(-1)).toEqual({ source, lines, done: true });
  }
  expect(progress.length).toBeGreaterThan(2 * written.length);
});

test('what goes wrong on the way leaves no half of a file, under no name', async () => {
  const folder = join(directory, 'broken');
  const stop = ({ lines }: WriteProgress) => {
    if (lines > 0) throw new Error('enough');
  };
  await expect(writeCompany(OPTIONS, folder, stop)).rejects.toThrow('enough');
  expect(await readdir(folder)).toEqual([]);
  const [first] = written;
  const name = encodeURIComponent(first?.source ?? '');
  await mkdir(join(folder, `${name}.ndjson`));
  const taken = writeCompany(OPTIONS, folder);
  await expect(taken).rejects.toMatchObject({ path: join(folder, `${name}.ndjson`) });
  expect(await readdir(folder)).toEqual([`${name}.ndjson`]);
});

test('a folder that cannot be made is the file system’s error', async () => {
  await expect(writeCompany({ humans: 1, seed: 1 }, '/dev/null/folder')).rejects.toThrow(/ENOTDIR/);
});
