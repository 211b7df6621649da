import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { TestService } from '../api/service.js';
import { HeldStore } from './held-store.js';

const store = new HeldStore();
let service: TestService;
beforeAll(async () => {
  // Long enough for the service to notice that the store says nothing.
  service = await TestService.start({ around: store.around, limits: { operationMillis: 3000 } });
});
afterAll(async () => {
  store.letGo();
  await service.stop();
});

test('an operation whose time is over while the store hears nothing says so, and not to ask for less', async () => {
  store.hold('head');
  await store.reached;
  const { errors } = await service.ask('{ entities { totalCount } }');
  expect(errors).toMatchObject([
    {
      message: 'The answer did not come in time. The store does not answer. Ask again in a few seconds.',
      extensions: { code: 'UNAVAILABLE' },
    },
  ]);
});
