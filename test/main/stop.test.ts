import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { expect, test } from '@jest/globals';
import { outcomeOf } from '../cli/support/tendril.js';

const CHILD = new URL('./stop-child.js', import.meta.url).pathname;

/** Starts a service that stops as soon as it has started; what it says, and how it ends. */
function started(port: number, ...manner: string[]) {
  const env = { TENDRIL_STORE: 'sqlite::memory:', TENDRIL_DEMO: 'off', TENDRIL_PORT: String(port) };
  return outcomeOf(spawn(process.execPath, [CHILD, ...manner], { env }));
}

test('a service that stops ends when all that it waits for has ended, and not while that rests', async () => {
  expect(await started(0)).toMatchObject({ code: 0, out: 'rested\nstopped\n' });
});

test('it ends also where what it carries out cannot be given back', async () => {
  expect(await started(0, 'hangs')).toMatchObject({
    code: 0,
    out: 'rested\nstopped\n',
    err: expect.stringContaining('could not release the cases that run here'),
  });
});

test('so does one that could not start, and says why', async () => {
  const taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
  try {
    const { port } = taken.address() as { port: number };
    expect(await started(port)).toMatchObject({ code: 0, out: 'rested\nEADDRINUSE\n' });
  } finally {
    taken.close();
  }
});

test('an error while it stops is in the log, and is thrown to the caller of stop()', async () => {
  const { out, err } = await started(0, 'fails');
  expect(out).toBe('rested\nIt cannot be stopped.\n');
  const last = JSON.parse(err.trimEnd().split('\n').at(-1) ?? '') as object;
  expect(last).toMatchObject({
    msg: 'the service did not stop cleanly',
    err: { message: 'It cannot be stopped.' },
  });
});
