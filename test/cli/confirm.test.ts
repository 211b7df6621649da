import { PassThrough } from 'node:stream';
import { describe, expect, test } from '@jest/globals';
import { askAt } from '../../src/cli/confirm.js';
import { failureOf } from '../../src/cli/failure.js';

/** Asks, and types. @returns the answer, or what the failure comes to */
async function typed(keys: string): Promise<unknown> {
  const [input, output] = [new PassThrough(), new PassThrough()];
  output.resume();
  const asked = askAt(input, output, 'Go on? ');
  input.write(keys);
  return asked.catch((error: unknown) => failureOf(error));
}

describe('a question at a terminal', () => {
  test('gives what was typed', async () => {
    expect(await typed('yes\n')).toBe('yes');
  });

  test.each([
    ['Ctrl-C', '\u0003'],
    ['Ctrl-D', '\u0004'],
  ])('is left with %s: 130, and no defect', async (_name, key) => {
    expect(await typed(key)).toMatchObject({ exitCode: 130, message: 'Stopped: nothing was done.' });
  });
});
