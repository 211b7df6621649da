import { expect, test } from '@jest/globals';
import { TestService } from '../api/service.js';
import { HeldStore } from './held-store.js';

test('a service that is about to stop answers what runs, and begins nothing new', async () => {
  const store = new HeldStore();
  const service = await TestService.start({ around: store.around });
  // What it works out in the background lists, too.
  await service.tendril.aggregates.stop();
  store.hold('list');
  try {
    const post = (query: string) =>
      fetch(`${service.url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...service.headers('VIEWER') },
        body: JSON.stringify({ query }),
      });
    const running = post('{ entities { totalCount } }');
    expect(await Promise.race([store.reached, running])).toBeUndefined();
    service.drain();
    const late = await post('{ viewer { subject } }');
    expect([
      late.status,
      late.headers.get('connection'),
      Number(late.headers.get('retry-after')) > 0,
    ]).toEqual([503, 'close', true]);
    expect(await late.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAVAILABLE' } }] });
    expect((await fetch(`${service.url}/health/ready`)).status).toBe(503);
    expect((await fetch(`${service.url}/health/live`)).status).toBe(200);
    const over = service.answered().then(() => service.logged.join(''));
    store.letGo();
    const answer = await running;
    expect([answer.status, answer.headers.get('connection'), await answer.json()]).toEqual([
      200,
      'close',
      { data: { entities: { totalCount: 0 } } },
    ]);
    expect(await over).toContain('"path":"/graphql","status":200');
  } finally {
    store.letGo();
    await service.stop();
  }
});
