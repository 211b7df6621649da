import { expect, test } from '@jest/globals';
import type { Context } from '../../../src/cli/context.js';
import { failureOf } from '../../../src/cli/failure.js';
import { carryOut } from '../../../src/cli/offboard/carry-out.js';
import type { Client } from '../../../src/client/client.js';
import { unavailable } from '../../../src/model/errors.js';

const contextOf = (environment: Context['environment']): Context => ({
  environment,
  json: false,
  terminal: { width: undefined, colour: false },
  watched: false,
  exitCode: 0,
  print: () => {},
  note: () => {},
});

test('a service that is lost while a case is followed carries it out all the same', async () => {
  const lost = unavailable('The store cannot be reached.');
  const client = { carryOut: () => Promise.reject(lost) } as unknown as Client;
  const failed = (environment: Context['environment']) =>
    carryOut(contextOf(environment), client, 'tendril/case/7').then(undefined, (error: unknown) => error);
  const { exitCode, message } = failureOf(await failed({ TENDRIL_URL: 'http://there' }));
  expect(exitCode).toBe(3);
  expect(message).toContain('carries the case out all the same');
  expect(message).toMatch(/look again with `tendril offboard show 7`\.$/);
  expect(await failed({})).toBe(lost);
});
