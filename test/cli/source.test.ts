import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { Bench } from './support/tendril.js';

let bench: Bench;
beforeAll(async () => {
  bench = new Bench();
  await bench.demo();
});
afterAll(() => bench.remove());

test('lists the sources with what they look for', async () => {
  const { code, out } = await bench.run('source', 'list');
  expect(code).toBe(0);
  expect(out).toContain('github:fennmarsh');
  expect(out).toContain('    looks for ');
  const listed = await bench.json<{ id: string; couldNotRead: unknown[] }[]>('source', 'list');
  expect(listed.map(({ id }) => id)).toContain('github:fennmarsh');
  expect(listed.every(({ couldNotRead }) => couldNotRead.length === 0)).toBe(true);
});

test('counts what a removal takes before it is done, and does it only when told to', async () => {
  const [command, id] = ['source', 'github:fennmarsh'] as const;
  const counted = await bench.run(command, 'remove', id, '--dry-run');
  expect({ code: counted.code, out: counted.out }).toEqual({
    code: 0,
    out: expect.stringMatching(/said would be taken back: \d+ entities and \d+ relationships would be gone/),
  });
  expect((await bench.run(command, 'remove', id, '--yes')).code).toBe(2);
  expect((await bench.run(command, 'remove', id, '--reason', 'a test')).code).toBe(2);
  const done = await bench.json<{ goneEntities: number; revision: string }>(
    ...[command, 'remove', id, '--reason', 'a test', '--yes'],
  );
  expect(done.goneEntities).toBeGreaterThan(10);
  expect((await bench.run(command, 'list')).out).not.toContain(id);
  const none = await bench.run(command, 'remove', id, '--reason', 'a test', '--yes');
  expect(none.code).toBe(1);
  expect(none.err).toContain('There is no source');
  const reverted = await bench.run(command, 'revert', '999', '--reason', 'a test', '--yes');
  expect({ code: reverted.code, err: reverted.err }).toEqual({
    code: 1,
    err: expect.stringContaining('Revision 999 is no import'),
  });
});
