import { expect, test } from '@jest/globals';
import { framesIn } from '../../src/http/import-frames.js';

/** A body in pieces of some length. */
async function* inPieces(text: string, length: number): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function read(text: string, length = 1000): Promise<[string, string][]> {
  const found: [string, string][] = [];
  for await (const { name, bytes } of framesIn(inPieces(text, length))) {
    let body = '';
    for await (const piece of bytes) body += Buffer.from(piece).toString();
    found.push([name, body]);
  }
  return found;
}

test.each([1, 2, 7, 1000])('snapshots are read by their lengths, in pieces of %d bytes', async (length) => {
  const body = '{"name":"a","bytes":3}\n{}\n{"name":"empty","bytes":0}\n{"name":"rest"}\n1\n2\n';
  expect(await read(body, length)).toEqual([
    ['a', '{}\n'],
    ['empty', ''],
    ['rest', '1\n2\n'],
  ]);
});

test('a body without anything has no snapshot', async () => {
  expect(await read('')).toEqual([]);
});

test.each([
  ['no line of JSON', '{"entity":\n'],
  ['no name', '{"bytes":1}\n1'],
  ['a name that is too long', `{"name":"${'n'.repeat(256)}"}\n`],
  ['a length that is none', '{"name":"a","bytes":-1}\n'],
  ['no end of the line', '{"name":"a","bytes":1}'],
  ['a line without end', `{"name":"${'n'.repeat(5000)}`],
  ['fewer bytes than it says', '{"name":"a","bytes":5}\n123'],
])('refused: %s', async (_what, body) => {
  await expect(read(body)).rejects.toThrow(expect.objectContaining({ code: 'BAD_INPUT' }));
});
