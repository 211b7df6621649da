import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { fileInput, importSnapshots, spool } from '../../src/import/index.js';
import { linesOf, textOf } from '../../src/import/read/lines.js';
import {
  chunksOf,
  dayOf,
  document,
  exported,
  importDocuments,
  importText,
  ndjson,
  OPTIONS,
  withStore,
} from './support.js';

const small = document(
  'it',
  1,
  [
    { kind: 'Account', id: 'ada', name: 'Ådá 😀' },
    { kind: 'Group', id: 'g' },
  ],
  [{ type: 'MEMBER_OF', from: 'ada', to: 'g', evidence: 'says "so"' }],
);

describe('lines', () => {
  test('are the same however the bytes come', async () => {
    const text = fc.array(
      fc.string({ unit: 'grapheme', maxLength: 20 }).filter((line) => !/[\n\r]/.test(line)),
    );
    await fc.assert(
      fc.asyncProperty(text, fc.integer({ min: 1, max: 9 }), async (parts, size) => {
        const got: [number, string | undefined][] = [];
        for await (const lines of linesOf(chunksOf(parts.join('\n'), size))) {
          got.push(...lines.map((line): [number, string | undefined] => [line.number, textOf(line)]));
        }
        const expected = parts.map((line, at): [number, string] => [at + 1, line]);
        expect(got).toEqual(expected.filter(([, line]) => line.replace(/[ \t]/g, '') !== ''));
      }),
    );
  });
});

describe('an input', () => {
  test.each([
    ['a document', JSON.stringify(small)],
    ['a document over several lines', JSON.stringify(small, null, 2)],
    ['a document with a byte order mark', `\ufeff${JSON.stringify(small)}`],
    ['NDJSON', ndjson(small)],
    [
      'NDJSON with a byte order mark, blank lines and CRLF',
      `\ufeff\n\n${ndjson(small).replaceAll('\n', '\r\n\r\n')}`,
    ],
    [
      'NDJSON with the relationships first',
      ndjson(small)
        .split('\n')
        .map((_, at, all) => all[[0, 3, 1, 2][at] ?? 4])
        .join('\n'),
    ],
    ['NDJSON with spaces', ndjson(small).replaceAll('{"', '{ "').replaceAll('":', '" : ')],
    ['NDJSON without a last line end', ndjson(small).trimEnd()],
  ])('may be %s', async (_name, text) => {
    const files = await withStore(async (store) => {
      await importDocuments(store, [small]);
      return exported(store);
    });
    await withStore(async (store) => {
      expect(await importText(store, [text])).toMatchObject({ created: 3 });
      expect(await exported(store)).toEqual(files);
    });
  });

  test('that is aborted while it is read writes nothing and lets go of the store', async () => {
    await withStore(async (store) => {
      const stop = new AbortController();
      const onProgress = () => stop.abort(new Error('enough'));
      const input = { name: 'x', open: () => chunksOf(ndjson(small)) };
      const importing = importSnapshots(store, [input], { ...OPTIONS, signal: stop.signal, onProgress });
      await expect(importing).rejects.toThrow('enough');
      expect((await store.head()).revision).toBe(0);
      expect(await importDocuments(store, [small])).toMatchObject({ revision: 1 });
    });
  });

  test('refuses another revision than the one expected', async () => {
    await withStore(async (store) => {
      const importing = importDocuments(store, [small], { expectedRevision: 3 });
      await expect(importing).rejects.toMatchObject({ code: 'CONFLICT' });
    });
  });
});

describe('a file', () => {
  test('is read twice, and reports its progress', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'import-'));
    const entities = Array.from({ length: 9000 }, (_, at) => ({ kind: 'Group' as const, id: `g${at}` }));
    await writeFile(join(dir, 'it.ndjson'), ndjson(document('it', 1, entities)));
    const input = await fileInput(join(dir, 'it.ndjson'));
    const told: number[] = [];
    await withStore((store) =>
      importSnapshots(store, [input], { ...OPTIONS, onProgress: ({ read }) => told.push(read) }),
    );
    expect(told.length).toBeGreaterThan(1);
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1)).toBeLessThanOrEqual(input.size ?? 0);
    await rm(dir, { recursive: true });
  });
});

describe('a spool', () => {
  test('keeps a stream until it is removed', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'spool-'));
    const { input, remove } = await spool(chunksOf(ndjson(small)), dir, 10_000);
    await withStore(async (store) => {
      expect(await importSnapshots(store, [input], OPTIONS)).toMatchObject({ created: 3 });
    });
    await remove();
    await remove();
    expect(await readdir(dir)).toEqual([]);
    await rm(dir, { recursive: true });
  });

  test('leaves nothing of a stream that is too long or breaks off', async () => {
    const dir = await mkdtemp(join(tmpdir(), 'spool-'));
    await expect(spool(chunksOf('x'.repeat(50)), dir, 49)).rejects.toMatchObject({ code: 'LIMIT_EXCEEDED' });
    const broken = async function* () {
      yield Buffer.from(dayOf(1));
      throw new Error('gone');
    };
    await expect(spool(broken(), dir, 1000)).rejects.toThrow('gone');
    expect(await readdir(dir)).toEqual([]);
    await rm(dir, { recursive: true });
  });
});
