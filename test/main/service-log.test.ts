import { Writable } from 'node:stream';
import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from '@jest/globals';
import { serviceLog } from '../../src/main/service-log.js';

const REQUEST = {
  requestId: 'r1',
  subject: 'viewer',
  operation: 'Overview',
  revision: 3,
  method: 'POST',
  path: '/graphql',
  status: 200,
  millis: 12,
};

/** What is written of two events. */
async function written(isTTY: boolean, environment: Record<string, string> = {}): Promise<string> {
  let text = '';
  const sink = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  const log = await serviceLog({ isTTY }, environment, sink);
  log.info(REQUEST, 'request');
  log.error({ requestId: 'r2', err: new Error('broken') }, 'masked an internal error');
  await turn();
  return text;
}

test('is one JSON object a line where a program reads along', async () => {
  const lines = (await written(false)).trimEnd().split('\n');
  const [request, error] = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  expect(request).toMatchObject({ ...REQUEST, level: 30, name: 'tendril', msg: 'request' });
  expect(request?.time).toMatch(/^\d{4}-\d\d-\d\dT/);
  expect(error).toMatchObject({ requestId: 'r2', err: { message: 'broken' } });
});

test('is a readable line on a terminal, in colour unless NO_COLOR is set', async () => {
  const [request = '', error = ''] = (await written(true, { NO_COLOR: '1' })).split('\n');
  expect(request).toMatch(/^\[\d\d:\d\d:\d\d\.\d{3}\] INFO: POST \/graphql 200 12 ms /);
  expect(request).toContain('"operation":"Overview"');
  expect(request).not.toContain('"status"');
  expect(error).toContain('masked an internal error');
  expect(error).toContain('"requestId":"r2"');
  expect(await written(true)).toContain('\u001b[');
});
