import { createServer } from 'node:net';
import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { readConfig } from '../../src/config.js';
import { Follower } from '../../src/graph/follower/follower.js';
import { serve } from '../../src/main/serve.js';

afterEach(() => {
  jest.restoreAllMocks();
});

let taken: ReturnType<typeof createServer>;
beforeEach(async () => {
  taken = createServer();
  await new Promise<void>((resolve) => taken.listen(0, '127.0.0.1', resolve));
});
afterEach(() => {
  taken.close();
});

test('where the port is in use, the follower of the opened store is stopped', async () => {
  const begun = jest.spyOn(Follower.prototype, 'start');
  const ended = jest.spyOn(Follower.prototype, 'stop');
  const { port } = taken.address() as { port: number };
  const config = readConfig({
    TENDRIL_STORE: 'sqlite::memory:',
    TENDRIL_DEMO: 'off',
    TENDRIL_PORT: String(port),
  });
  await expect(serve(config, () => {})).rejects.toMatchObject({ code: 'EADDRINUSE' });
  expect([begun, ended].map(({ mock }) => mock.calls.length)).toEqual([1, 1]);
});
