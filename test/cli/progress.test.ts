import { PassThrough } from 'node:stream';
import { expect, test } from '@jest/globals';
import type { Context } from '../../src/cli/context.js';
import { progressOf } from '../../src/cli/progress.js';

test('a bar that was stopped is not drawn again by who was late: it would keep the process from ending', async () => {
  const stream = Object.assign(new PassThrough(), { isTTY: true, columns: 80 });
  let drawn = '';
  stream.on('data', (chunk) => {
    drawn += chunk;
  });
  const progress = await progressOf({ watched: true } as Context, 'Carrying out', stream);
  progress.update(1, 2, '1 of 2');
  progress.stop();
  expect(drawn).toContain('1 of 2');
  progress.update(2, 2, 'too late');
  expect(drawn).not.toContain('too late');
});
