import { expect, test } from '@jest/globals';
import { breakOff, fakeService, hangUp, signInPage } from './fake-service.js';

test.each([
  ['a page to sign in', signInPage, 'does not answer as Tendril does'],
  ['an answer without a manifest', breakOff(200, '{}\n'), 'does not answer as Tendril does'],
  ['an answer that breaks off', breakOff(200, '{"export":'), 'is not whole'],
  [
    'a refusal that breaks off',
    breakOff(500, '{"error":'),
    'broke before its answer was complete; try again.',
  ],
  ['no answer', hangUp, 'broke before its answer was complete; try again.'],
])('%s is UNAVAILABLE', async (_, listener, sentence) => {
  await using service = await fakeService(listener);
  await expect(service.client.exportGraph({})).rejects.toMatchObject({
    code: 'UNAVAILABLE',
    message: expect.stringContaining(sentence),
  });
});
