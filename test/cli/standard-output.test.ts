import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Bench } from './support/tendril.js';

const bench = new Bench();
beforeAll(() => bench.demo());
afterAll(() => bench.remove());

test('- is standard output, where one file would be written', async () => {
  const snapshot = await bench.run('export', '--source', 'hr:fennmarsh', '--out', '-');
  expect(snapshot).toMatchObject({ code: 0, err: '' });
  expect(snapshot.out).toMatch(/^\{"source":\{"id":"hr:fennmarsh"/);
  const chain = await bench.run('audit', 'export', '--out', '-');
  expect(chain).toMatchObject({ code: 0, err: '' });
  expect(await bench.runWith({ stdin: chain.out }, 'audit', 'verify', '-')).toMatchObject({ code: 0 });
  // A folder of evidence has no place there.
  const evidence = await bench.run('audit', 'export', '--case', 'x', '--out', '-');
  expect(evidence).toMatchObject({ code: 2, out: '' });
});
