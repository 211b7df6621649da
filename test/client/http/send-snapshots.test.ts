import { execFileSync } from 'node:child_process';
import { appendFileSync, mkdtempSync, rmSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { SnapshotInput } from '../../../src/client/client.js';
import type { HttpClient } from '../../../src/client/http/http-client.js';
import { breakOff, fakeService, hangUp, signInPage } from './fake-service.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'tendril-send-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const outcome = { revision: '1', created: 1, updated: 0, ended: 0, unchanged: 0, skipped: [], overtaken: [] };

/** Answers with the outcome, and keeps what it was sent. */
function importer(): { readonly bodies: string[]; readonly listener: RequestListener } {
  const bodies: string[] = [];
  const listener: RequestListener = async (request, response) => {
    bodies.push(await text(request));
    response.setHeader('Content-Type', 'application/json').end(JSON.stringify(outcome));
  };
  return { bodies, listener };
}

const send = (
  client: HttpClient,
  inputs: readonly SnapshotInput[],
  onProgress: (progress: { read: number }) => void = () => {},
) =>
  client.importSnapshots(inputs, {
    force: false,
    dangling: 'refuse',
    signal: new AbortController().signal,
    onProgress,
  });

async function* streamOf(...parts: readonly string[]) {
  for (const part of parts) yield Buffer.from(part);
}

const pipe = (name: string): string => {
  execFileSync('mkfifo', [join(folder, name)]);
  return join(folder, name);
};

test('a pipe is sent to its end, after the files', async () => {
  const { bodies, listener } = importer();
  await using service = await fakeService(listener);
  const [path, file] = [pipe('63'), join(folder, 'file')];
  await writeFile(file, 'of the file');
  const written = writeFile(path, 'of the pipe');
  const inputs = [
    { name: '63', path },
    { name: 'file', path: file },
  ];
  expect(await send(service.client, inputs)).toEqual(outcome);
  await written;
  expect(bodies).toEqual(['{"name":"file","bytes":11}\nof the file{"name":"63"}\nof the pipe']);
});

test('several pipes are refused with what to do', async () => {
  const { bodies, listener } = importer();
  await using service = await fakeService(listener);
  const inputs = [
    { name: '64', path: pipe('64') },
    { name: 'standard input', stream: streamOf() },
  ];
  await expect(send(service.client, inputs)).rejects.toMatchObject({
    code: 'BAD_INPUT',
    message: expect.stringContaining('these are 2 (64, standard input); write all but one to files.'),
  });
  expect(bodies).toEqual([]);
});

test('a file that grows meanwhile is sent as long as it was; an empty one is sent, too', async () => {
  const { bodies, listener } = importer();
  await using service = await fakeService(listener);
  const [growing, empty] = [join(folder, 'growing'), join(folder, 'empty')];
  await writeFile(growing, 'x'.repeat(100_000));
  await writeFile(empty, '');
  const inputs = [
    { name: 'growing', path: growing },
    { name: 'empty', path: empty },
  ];
  await send(service.client, inputs, () => appendFileSync(growing, 'more'));
  expect(bodies[0]?.slice(-30)).toBe('xxxx{"name":"empty","bytes":0}\n'.slice(-30));
});

test('a snapshot that cannot be read fails as itself', async () => {
  await using service = await fakeService(importer().listener);
  const failure = Object.assign(new Error('EIO: i/o error, read'), { code: 'EIO' });
  const stream = (async function* () {
    yield* streamOf('some');
    throw failure;
  })();
  await expect(send(service.client, [{ name: 'broken', stream }])).rejects.toBe(failure);
});

test.each([
  ['before', hangUp],
  ['within', breakOff(200, '{"revision":')],
])('a connection that breaks %s the answer: it may have been imported', async (_, listener) => {
  await using service = await fakeService(listener);
  await expect(send(service.client, [{ name: 'one', stream: streamOf('{}') }])).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('it is not known whether it was done'),
  });
});

test('a connection that breaks while the snapshots are sent: nothing was done', async () => {
  await using service = await fakeService((request) => request.once('data', () => request.destroy()));
  const stream = (async function* () {
    for (;;) {
      yield Buffer.alloc(65_536);
      await new Promise(setImmediate);
    }
  })();
  await expect(send(service.client, [{ name: 'endless', stream }])).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringMatching(/broke before its answer was complete; try again\.$/),
  });
});

test('what answers like a proxy is not understood', async () => {
  await using service = await fakeService(signInPage);
  await expect(send(service.client, [{ name: 'one', stream: streamOf('{}') }])).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining('does not answer as Tendril does'),
  });
});
